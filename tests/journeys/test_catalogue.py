"""The owner keeps categories, brands and size tables, with and without JavaScript, by pointer and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_everyone import OWNER

pytestmark = pytest.mark.browser
PAGES = ("/staff/categories", "/staff/categories/4", "/staff/categories/new", "/staff/categories/1/removal",
         "/staff/brands", "/staff/brands/1", "/staff/brands/new", "/staff/brands/1/removal", "/staff/occasions?q=none",
         "/staff/product-types/1", "/staff/product-types/1/size-table", "/staff/colours/1",
         "/staff/sizes", "/staff/sizes/1")  # fmt: skip


def add_category(page: Page, name: str) -> None:
    page.goto("/staff/categories/new")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def delete_category(page: Page, name: str) -> None:
    page.goto("/staff/categories")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name=f"Delete {name}").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)


@pytest.mark.covers("CAT-01", "CAT-02")
def test_the_catalogues_pages_are_for_everyone(visit):
    page = visit(width=360, height=740)
    steps.sign_in(page, *OWNER)
    for path in PAGES:
        page.goto(path)
        assert_accessible(page, path)
        assert_no_sideways_scroll(page)
    page.goto("/staff/brands/new")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#error-summary")).to_be_visible()
    assert_accessible(page, "brand with errors")


@pytest.mark.covers("CAT-02")
def test_a_branch_is_dragged_below_another_and_before_it(visit):
    page = visit()
    steps.sign_in(page, *OWNER)
    add_category(page, "Bags")
    add_category(page, "Totes")
    page.goto("/staff/categories")
    bags, totes = (page.locator("[data-node]", has_text=name) for name in ("Bags", "Totes"))
    totes.drag_to(bags, target_position={"x": 40, "y": 34})
    expect(page.locator(".tree__branch", has_text="Bags").locator("[data-node]", has_text="Totes")).to_have_count(1)
    totes.drag_to(bags, target_position={"x": 40, "y": 3})
    names = page.locator(".tree > .tree__level > .tree__branch > .tree__node .tree__name")
    expect(names.nth(-2)).to_contain_text("Totes")
    expect(names.nth(-1)).to_contain_text("Bags")
    for name in ("Totes", "Bags"):
        delete_category(page, name)


@pytest.mark.covers("CAT-02")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_category_moves_by_buttons_and_by_its_page(visit, javascript):
    page = visit(javascript=javascript)
    steps.sign_in(page, *OWNER)
    add_category(page, "Hats")
    page.get_by_label("Stands below").select_option(label="Men")
    page.get_by_role("button", name="Move").click()
    page.get_by_role("button", name="Move Hats up").press("Enter")
    expect(page.get_by_role("button", name="Move Hats down")).to_be_enabled()
    page.goto("/c/hats")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hats")
    expect(page.get_by_role("main")).to_contain_text("Nothing here yet")
    delete_category(page, "Hats")


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_size_table_gets_another_row(visit, javascript):
    page = visit(javascript=javascript)
    steps.sign_in(page, *OWNER)
    page.goto("/staff/product-types/10/size-table")
    rows = page.locator("tbody tr")
    before = rows.count()
    page.get_by_role("button", name="Add a row").click()
    expect(rows).to_have_count(before + 1)
    page.get_by_label(f"Row {before + 1}, Size").fill("4XL")
    page.get_by_label(f"Row {before + 1}, Size").press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Size table")
    page.goto("/staff/product-types/10/size-table")
    expect(page.get_by_label(f"Row {before + 1}, Size")).to_have_value("4XL")
    page.get_by_role("button", name=f"Take away row {before + 1}").click()
    expect(rows).to_have_count(before)
    page.get_by_role("button", name="Save the table").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Size table")
