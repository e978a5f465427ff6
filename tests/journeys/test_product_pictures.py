"""The owner gives a product its pictures: many at once, described, dragged or moved, deleted and put back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.lib.files.parts import encoded, quarters

pytestmark = pytest.mark.browser
OWNER = ("owner@truestyle.example", "Owner-Demo-2026!")
PRODUCT = "/staff/products/30"


@pytest.fixture
def sent(tmp_path: Path) -> list[Path]:
    """Two good pictures, and between them what is none."""
    files = [tmp_path / name for name in ("front.png", "words.png", "back.png")]
    contents = (encoded(quarters(400, 500), "PNG"), b"Not a picture", encoded(quarters(500, 400), "PNG"))
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    return files


def open_product(page: Page) -> None:
    page.goto(f"/login?next={PRODUCT}")
    page.get_by_label("E-mail or phone").fill(OWNER[0])
    page.get_by_label("Password", exact=True).fill(OWNER[1])
    page.locator("main").get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile(f"{PRODUCT}$"))


def lines(page: Page) -> list[str]:
    return [str(line.get_attribute("id")) for line in page.locator("[data-picture]").all()]


def drag(page: Page, moved: str, over: str) -> None:
    """Drag a picture over the upper half of another, with both in view all the time."""
    page.locator(f"#{over}").evaluate("line => line.scrollIntoView({block: 'center'})")
    for line, act in ((moved, page.mouse.down), (over, page.mouse.up)):
        box = page.locator(f"#{line} .thumb").bounding_box()
        assert box
        page.mouse.move(box["x"] + 20, box["y"] + 10, steps=8)
        act()


@pytest.mark.covers("CAT-05")
def test_pictures_are_sent_one_by_one_described_and_dragged(visit, sent):
    page = visit()
    open_product(page)
    before = lines(page)
    page.locator(f"#{before[0]} input[id^=alt]").fill("Typed before the others came")
    page.get_by_label("Add pictures").set_input_files(sent)
    expect(page.locator("[data-uploads]")).to_contain_text("words.png: Send a JPEG, PNG or WebP picture.")
    expect(page.locator("[data-picture]")).to_have_count(len(before) + 2)
    expect(page.locator(f"#{before[0]} input[id^=alt]")).to_have_value("Typed before the others came")
    assert_accessible(page, "pictures")
    assert_no_sideways_scroll(page)
    *_, front, back = lines(page)
    page.locator(f"#{back} input[id^=alt]").fill("The back")
    with page.expect_response(re.compile("/pictures/order$")):
        drag(page, back, front)
    expect(page.locator("[data-picture]").last).to_have_id(front)
    page.reload()
    assert lines(page) == [*before, back, front]
    expect(page.locator(f"#{back} input[id^=alt]")).to_have_value("The back")


@pytest.mark.covers("CAT-05")
@pytest.mark.parametrize("javascript", [True, False])
def test_pictures_are_moved_deleted_and_put_back_by_buttons(visit, sent, javascript):
    page = visit(javascript=javascript, width=360)
    open_product(page)
    before = page.locator("[data-picture]").count()
    page.get_by_label("Add pictures").set_input_files(sent[0])
    if not javascript:
        page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-picture]")).to_have_count(before + 1)
    *rest, last = lines(page)
    page.locator(f"#{last}").get_by_role("button", name="Earlier").click()
    expect(page.locator("[data-picture]").last).to_have_id(rest[-1])
    if javascript:
        expect(page.locator(f"#{last}")).to_be_in_viewport()
        expect(page.locator(f"#{last}").get_by_role("button", name="Earlier")).to_be_focused()
        assert_no_sideways_scroll(page)
    page.locator(f"#{last}").get_by_role("button", name="Delete").click()
    expect(page.locator(f"#{last}")).to_have_count(0)
    page.get_by_role("button", name="Put back").first.click()
    expect(page.locator(f"#{last}")).to_have_count(1)
