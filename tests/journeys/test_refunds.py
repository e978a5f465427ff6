"""A customer pays by card, the owner gives one piece back, and both see it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible
from tests.journeys.test_everyone import OWNER

pytestmark = pytest.mark.browser


def buy(page: Page) -> str:
    """A piece paid by card; returns the order's number."""
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "card")
    page.get_by_role("button", name=re.compile("^Pay")).click()
    steps.pay_by_card(page, steps.GOOD)
    expect(page).to_have_url(re.compile("/thanks$"))
    number = re.search(r"ORD-\d+-\d+", page.get_by_role("main").inner_text())
    assert number
    return number[0]


@pytest.mark.covers("PAY-05")
def test_a_piece_that_is_refunded_is_seen_by_owner_and_customer(visit):
    shopper, owner = visit(), visit()
    number = buy(shopper)
    steps.sign_in(owner, *OWNER)
    owner.goto(f"/staff/orders/{number}")
    owner.locator("#payments").get_by_role("link", name="Refund").click()
    assert_accessible(owner)
    owner.get_by_role("spinbutton").first.fill("1")
    expect(owner.locator("#staff-refunds-amount")).to_contain_text("by Card")
    owner.get_by_label("Reason").fill("Faded in the first wash")
    owner.get_by_role("button", name="Refund", exact=True).click()
    expect(owner.locator("#payments")).to_contain_text("Faded in the first wash")
    owner.locator("#payments table a").first.click()
    expect(owner.get_by_role("main")).to_contain_text("1 ×")
    assert_accessible(owner)
    shopper.goto(shopper.url.removesuffix("/thanks"))
    expect(shopper.get_by_role("main")).to_contain_text("Refund")
    expect(shopper.get_by_role("main")).to_contain_text("1 ×")
