"""The owner takes products out as a file, changes a price in it and sends it back, with and without JavaScript."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_everyone import OWNER

pytestmark = pytest.mark.browser
LONGEST = 30_000


def exported(page: Page) -> list[dict[str, str]]:
    """The lines of the file of what is called a tee."""
    page.goto("/staff/products?q=suraj+block")
    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_role("button", name="Export").click()
    with page.expect_download(timeout=LONGEST) as taken:
        page.get_by_role("link", name="Download products.csv").click(timeout=LONGEST)
    text = Path(taken.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def send(page: Page, lines: list[dict[str, str]]) -> None:
    """Send lines as a file, and see what was found in it."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, lines[0], delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    page.goto("/staff/products")
    page.get_by_role("link", name="Import", exact=True).click()
    file: Any = {"name": "tees.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("link", name="See what it found").click(timeout=LONGEST)


@pytest.mark.covers("CAT-08")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_file_goes_out_is_changed_and_comes_in_again(visit, javascript):
    page = visit(javascript=javascript)
    steps.sign_in(page, *OWNER)
    lines = exported(page)
    send(page, lines)
    expect(page.get_by_role("main")).to_contain_text("Products: 1 unchanged.")
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    weight = str(int(lines[0]["weight_grams"]) + 1)
    send(page, [lines[0] | {"weight_grams": weight}])
    expect(page.get_by_role("row").nth(1)).to_contain_text(weight)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("main")).to_contain_text("1 changed.", timeout=LONGEST)
    assert exported(page)[0]["weight_grams"] == weight


@pytest.mark.covers("CAT-08")
def test_pages_of_long_work_are_for_everyone(visit):
    page = visit(width=360, height=740)
    steps.sign_in(page, *OWNER)
    lines = exported(page)
    for path in (page.url, "/staff/jobs", "/staff/exports/new", "/staff/imports/new"):
        page.goto(path)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("main")).to_contain_text("Choose a file")
    assert_accessible(page, "no file")
    send(page, [lines[0] | {"brand": "Nobody's", "hsn": "1"}])
    expect(page.get_by_role("heading", name="2 problems")).to_be_visible()
    assert_accessible(page, "problems")
    assert_no_sideways_scroll(page)
