"""The bag and the wishlist in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.browser


@pytest.mark.covers("CRT-01")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_plus_counts_one_and_a_removed_line_comes_back(visit, javascript):
    page = visit(javascript=javascript, width=360, height=740)
    steps.open_a_product(page)
    steps.add_to_bag(page)
    page.goto("/cart")
    page.get_by_role("button", name=re.compile("^One more")).click()
    expect(page.locator("h1")).to_have_text("Your bag (2)")
    expect(page.locator(".stepper__number")).to_have_value("2")
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_role("main")).to_contain_text("Your bag is empty")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".stepper__number")).to_have_value("2")
    expect(page.locator("#bag-count")).to_contain_text("2")


@pytest.mark.covers("CRT-01")
def test_a_number_that_is_too_high_says_so_and_shows_what_is_in_the_bag(visit):
    page = visit()
    steps.open_a_product(page)
    steps.add_to_bag(page)
    page.goto("/cart")
    page.locator(".stepper__number").evaluate("input => { input.max = 1000; }")
    page.locator(".stepper__number").fill("99")
    page.locator(".stepper__number").press("Enter")
    expect(page.locator("#toasts")).to_contain_text(re.compile("Only \\d+ left"))
    expect(page.locator(".stepper__number")).to_have_value("1")


@pytest.mark.covers("CRT-03")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_line_waits_on_the_wishlist_and_comes_back_in_a_size(visit, javascript):
    page = visit(javascript=javascript)
    steps.open_a_product(page)
    steps.add_to_bag(page)
    page.goto("/cart")
    page.get_by_role("button", name=re.compile("^Move to wishlist")).click()
    expect(page.locator("#wishlist-count")).to_contain_text("1")
    page.goto("/wishlist")
    size = page.locator("select[name=variant_id] option:not([disabled])").nth(1).get_attribute("value")
    page.locator("select[name=variant_id]").select_option(size)
    page.get_by_role("button", name=re.compile("^Move to bag")).click()
    expect(page.get_by_role("main")).to_contain_text("Nothing saved yet")
    expect(page.locator("#bag-count")).to_contain_text("1")


def test_focus_returns_to_the_button_that_opened_the_drawer(visit):
    page = visit()
    steps.open_a_product(page)
    page.locator(".size__radio:not([disabled])").first.focus()
    page.keyboard.press("Space")
    page.locator("#buy-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#drawer")).to_contain_text("View bag")
    page.keyboard.press("Escape")
    expect(page.locator("#buy-button")).to_be_focused()
