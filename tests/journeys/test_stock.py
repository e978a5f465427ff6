"""The owner corrects stock and takes it back, counts a shelf; a shopper asks to be told; all of it is for everyone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_everyone import CUSTOMER, OWNER

pytestmark = pytest.mark.browser
SOLD_OUT = "/p/dyers-crew-tee?colour=moss"
JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])


def open_variant(page: Page) -> str:
    """Find a variant on the stock desk; returns its SKU."""
    page.goto("/staff/stock")
    page.get_by_label("Search").fill("sunday crew")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"q=sunday"))
    page.locator("table a").first.click()
    sku = re.search(r"SKU (\S+)", page.get_by_role("main").inner_text())
    assert sku
    return sku[1]


@pytest.mark.covers("INV-01", "INV-02")
@JAVASCRIPT
def test_owner_adds_a_delivery_and_takes_it_back(visit, javascript):
    page = visit(javascript=javascript)
    steps.sign_in(page, *OWNER)
    open_variant(page)
    page.get_by_label("Pieces", exact=True).fill("few")
    page.get_by_label("Why", exact=True).select_option("restock")
    page.get_by_role("button", name="Correct").click()
    expect(page.locator(".field__error")).to_contain_text("Enter a whole number")
    expect(page.get_by_label("Pieces", exact=True)).to_have_value("few")
    page.get_by_label("Pieces", exact=True).fill("3")
    page.get_by_label("Note").fill("Van of Friday")
    page.get_by_role("button", name="Correct").click()
    row = page.locator("#ledger tbody tr").first
    expect(row).to_contain_text("+3")
    expect(row).to_contain_text("Van of Friday")
    row.get_by_role("button", name="Undo").click()
    expect(page.locator("#ledger tbody tr").first).to_contain_text("−3")
    expect(page.locator("#ledger tbody tr").nth(1)).to_contain_text("Undone")


@pytest.mark.covers("INV-02")
@JAVASCRIPT
def test_owner_counts_a_shelf(visit, javascript):
    page = visit(javascript=javascript)
    steps.sign_in(page, *OWNER)
    content = f"SKU,Counted\r\n{open_variant(page)},77\r\nNONE-1,3\r\n"
    page.goto("/staff/stock/takes")
    page.get_by_label("CSV file").set_input_files(
        {"name": "shelf-4.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Look at the differences").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is changed yet")
    expect(page.get_by_role("main")).to_contain_text("No variant on sale has this SKU.")
    if javascript:
        assert_accessible(page)
    page.get_by_role("button", name="Apply the differences").click()
    expect(page.get_by_role("main")).to_contain_text("Applied on")
    page.get_by_role("link", name="Sunday Crew Tee").first.click()
    expect(page.locator("#ledger tbody tr").first).to_contain_text("Stock take “shelf-4.csv”")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("#ledger tbody tr").nth(1)).to_contain_text("Undone")


def ask_for_size(page, size):
    """Choose a size that is sold out: the button to buy gives way to the one that asks."""
    buy, tell = (page.locator(".buy__row").get_by_role("button", name=name) for name in ("Add to bag", "Tell me when"))
    expect(buy).to_be_visible()
    expect(tell).to_be_hidden()
    page.get_by_role("radio", name=re.compile(rf"^{size}\W+Sold out")).focus()
    page.keyboard.press("Space")
    expect(buy).to_be_hidden()
    tell.click()


@pytest.mark.covers("INV-05")
@JAVASCRIPT
def test_a_guest_asks_to_be_told_when_a_size_is_back(visit, javascript):
    page = visit(javascript=javascript, width=360, height=740)
    page.goto(SOLD_OUT)
    ask_for_size(page, "M")
    expect(page.locator("h1")).to_contain_text("Tell me when it is back")
    if javascript:
        assert_accessible(page)
        page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_label("E-mail").fill("asha")
    page.get_by_role("button", name="Tell me").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("asha")
    page.get_by_label("E-mail").fill("asha@example.com")
    page.get_by_role("button", name="Tell me").click()
    expect(page.locator("h1")).to_contain_text("We will write to you")


@pytest.mark.covers("INV-05")
@JAVASCRIPT
def test_a_customer_asks_with_one_click_and_lets_it_go(visit, javascript):
    page = visit(javascript=javascript)
    steps.sign_in(page, *CUSTOMER)
    page.goto(SOLD_OUT)
    ask_for_size(page, "M")
    expect(page.locator("#toasts")).to_contain_text("We will mail you once")
    page.goto("/account/back-in-stock")
    expect(page.get_by_role("main")).to_contain_text("Moss, M")
    if javascript:
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Do not wait").first.click()
    expect(page.get_by_role("main")).to_contain_text("You wait for nothing")


def test_pages_of_stock_are_for_everyone(visit):
    page = visit()
    steps.sign_in(page, *OWNER)
    for path in ("/staff/stock", "/staff/stock?view=low", "/staff/stock/1", "/staff/stock/takes",
                 "/staff/stock/size-runs"):  # fmt: skip
        page.goto(path)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
