"""A coupon in a real browser: what is missing for it, used, taken off, used again and paid with."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps

pytestmark = pytest.mark.browser


def give(page: Page, code: str) -> None:
    """Type a code in the bag, its field unfolded first."""
    if not page.locator("details:has([name=code])").get_attribute("open"):
        page.locator("summary", has_text="coupon").click()
    page.get_by_label("Coupon code").fill(code)
    page.get_by_role("button", name="Use the coupon").click()


@pytest.mark.covers("PRO-02", "PRO-03")
def test_what_is_missing_is_added_and_the_coupon_goes_along_to_the_order(visit):
    page = visit(width=360, height=740)
    main = page.get_by_role("main")
    page.goto("/p/hopscotch-tee")
    steps.add_to_bag(page)
    page.goto("/cart")
    expect(main).to_contain_text("Add ₹50 for FREESHIP.")
    give(page, "save10")
    expect(main).to_contain_text("Add ₹550 for SAVE10.")
    expect(page.get_by_label("Coupon code")).to_have_value("save10")
    for units in (2, 3):
        page.get_by_role("button", name=re.compile("^One more")).click()
        expect(page.locator("h1")).to_have_text(f"Your bag ({units})")
    give(page, "save10")
    expect(main).to_contain_text("Coupon SAVE10")
    row = page.locator(".summary__row", has_text="SAVE10").first
    expect(row).to_contain_text("−₹")
    page.get_by_role("button", name="Take it off: SAVE10").click()
    expect(main).not_to_contain_text("Coupon SAVE10")
    give(page, "SAVE10")
    expect(row).to_contain_text("−₹")
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "cod")
    expect(row).to_contain_text("−₹")
    page.get_by_role("button", name="Place order").click()
    page.get_by_role("link", name="Follow this order").click()
    expect(row).to_contain_text("−₹")
