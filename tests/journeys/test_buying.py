"""Whole purchases in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.browser


@pytest.mark.covers("ORD-01", "ORD-02")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_guest_buys_with_cash_on_delivery(visit, javascript):
    page = visit(javascript=javascript, width=360, height=740)
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "cod")
    page.get_by_role("button", name="Place order").click()
    expect(page.locator("h1")).to_have_text("Thank you, Asha")
    page.get_by_role("link", name="Follow this order").click()
    expect(page.get_by_role("main")).to_contain_text("Order placed")
    page.goto("/cart")
    expect(page.get_by_role("main")).to_contain_text(re.compile("empty", re.IGNORECASE))


@pytest.mark.covers("ORD-01", "PAY-02")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_card_with_a_code_is_paid_after_one_that_was_refused(visit, javascript):
    page = visit(javascript=javascript)
    steps.open_a_product(page, "women")
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "card")
    page.get_by_role("button", name=re.compile("^Pay")).click()
    steps.pay_by_card(page, steps.REFUSED)
    expect(page.locator("h1")).to_have_text("The payment did not go through")
    page.get_by_role("button", name=re.compile("^Continue with")).click()
    steps.pay_by_card(page, steps.WITH_CODE)
    page.get_by_label("Code").fill("123456")
    page.get_by_role("button", name="Confirm payment").click()
    expect(page.locator("h1")).to_have_text("Thank you, Asha")
    expect(page.get_by_role("main")).to_contain_text("Card, paid")


@pytest.mark.covers("ORD-01", "PAY-02")
@pytest.mark.parametrize(("then", "ends"), [("upi", "UPI, paid"), ("cod", "Cash on delivery: ₹")])
def test_upi_that_fails_is_tried_again_or_paid_to_the_courier(visit, demo_shop, then, ends):
    page = visit(width=360, height=740)
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "upi")
    page.get_by_role("button", name=re.compile("^Pay")).click()
    steps.pay_by_upi(page, steps.UPI_REFUSED)
    expect(page.locator("h1")).to_have_text("The payment did not go through")
    expect(page.get_by_role("main")).to_contain_text("Nothing was taken")
    page.locator(f"input[name=method][value={then}]").check()
    page.get_by_role("button", name=re.compile("^Continue with")).click()
    if then == "upi":
        steps.pay_by_upi(page, steps.UPI_GOOD)
    expect(page.locator("h1")).to_have_text("Thank you, Asha")
    expect(page.get_by_role("main")).to_contain_text(ends)
    demo_shop.run("shop", "audit")


def test_double_click_on_the_last_button_makes_one_order(visit, demo_shop):
    page = visit()
    steps.open_a_product(page, "kids")
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "cod")
    page.get_by_role("button", name="Place order").dblclick()
    expect(page.locator("h1")).to_have_text("Thank you, Asha")
    demo_shop.run("shop", "audit")


def test_pincode_fills_city_and_state_while_typing(visit):
    page = visit()
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.give_contact(page)
    page.get_by_label("Pincode").press_sequentially("600001", delay=30)
    expect(page.get_by_label("City or district")).to_have_value("Chennai")
    expect(page.get_by_label("State")).to_have_value("Tamil Nadu")
    expect(page.get_by_label("Pincode")).to_be_focused()


def test_pincode_is_looked_up_by_a_button_without_javascript(visit):
    page = visit(javascript=False)
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.give_contact(page)
    page.get_by_label("Full name").fill("Asha Rao")
    page.get_by_label("Pincode").fill("600001")
    page.get_by_role("button", name="Look up city and state").click()
    expect(page.get_by_label("City or district")).to_have_value("Chennai")
    expect(page.get_by_label("Full name")).to_have_value("Asha Rao")


def test_back_through_the_steps_keeps_what_was_answered(visit):
    page = visit()
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "upi")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(re.compile("/checkout/delivery$"))
    page.goto("/checkout/address")
    expect(page.get_by_label("Street, area")).to_have_value("Rajaji Salai")
    page.goto("/checkout")
    expect(page).to_have_url(re.compile("/checkout/review$"))
