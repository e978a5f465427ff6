"""Shoppers find their size: the guide beside the product, in two units, and a garment of their own beside its sizes."""

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll

pytestmark = pytest.mark.browser


@pytest.mark.covers("CAT-03")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_shopper_reads_the_guide_and_compares_with_a_garment_of_their_own(visit, javascript):
    page = visit(javascript=javascript, width=360, height=740)
    page.goto("/p/sunday-crew-tee")
    page.locator("#pdp").get_by_role("link", name="Size guide").click()
    guide = page.get_by_role("dialog", name="Size guide") if javascript else page.get_by_role("main")
    garment = guide.get_by_role("table", name="The garment, T-shirt")
    expect(garment.get_by_role("row", name="M 106 70")).to_be_visible()
    guide.get_by_role("radio", name="inches").focus()
    page.keyboard.press("Space")
    expect(garment.get_by_role("row", name="M 41¾ 27½")).to_be_visible()
    if javascript:
        assert_accessible(page, "guide beside a product")
        page.keyboard.press("Escape")
        expect(guide).to_be_hidden()
    else:
        page.go_back()
    page.get_by_role("link", name="Compare with a garment you own").click()
    page.get_by_label("Chest").fill("wide")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a length")
    page.get_by_label("Chest").fill("108")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Nearest: size M")).to_be_visible()
    if javascript:
        for path in (page.url, "/size-guide/jeans?for=women"):
            page.goto(path)
            assert_accessible(page, path)
            assert_no_sideways_scroll(page)
