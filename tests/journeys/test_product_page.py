"""What a product's page loads for one browser alone: what it looked at last, and whether its place is delivered to."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll

pytestmark = pytest.mark.browser
FIRST, SECOND = "/p/sunday-crew-tee", "/p/dyers-crew-tee"


def look_at(page: Page, product: str) -> None:
    """Stay on a product's page until it is noted as seen."""
    with page.expect_response(re.compile("/_f/recently-viewed")):
        page.goto(product)


def ask_for(page: Page, pincode: str) -> None:
    page.get_by_label("Deliver to pincode").fill(pincode)
    page.get_by_role("button", name="Check").click()


@pytest.mark.covers("CAT-07")
def test_what_was_looked_at_comes_back_until_it_is_cleared(visit):
    page = visit()
    look_at(page, FIRST)
    name = page.locator("h1").inner_text()
    look_at(page, SECOND)
    rail = page.locator("#recently-viewed")
    expect(rail.locator(".card__link")).to_have_text([name])
    assert_accessible(page, "product with what was looked at")
    assert_no_sideways_scroll(page)
    rail.get_by_role("button", name="Clear recently viewed").click()
    expect(rail).to_contain_text("forgot what you looked at")
    expect(rail).to_be_focused()
    page.goto("/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#recently-viewed")).to_have_count(0)


@pytest.mark.covers("CAT-03")
def test_a_place_is_asked_once_and_remembered(visit):
    page = visit()
    page.goto(FIRST)
    ask_for(page, "12")
    expect(page.get_by_role("main")).to_contain_text("A pincode has 6 digits")
    ask_for(page, "560034")
    expect(page.locator("#delivery-answer")).to_contain_text("Karnataka 560034")
    assert_accessible(page, "place that is delivered to")
    page.locator("a.swatch-link:not([aria-current])").first.click()
    expect(page).to_have_url(re.compile("colour="))
    expect(page.locator("#delivery-answer")).to_contain_text("Karnataka 560034")
    page.goto(SECOND)
    expect(page.locator("#delivery-answer")).to_contain_text("Karnataka 560034")
