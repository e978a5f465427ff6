"""A customer pays by card and gets the goods, the owner gives one line's money back, and both see it."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from shop.extensions import db
from shop.orders.models import Order
from tests.fulfilment import walk
from tests.journeys import steps
from tests.journeys.axe import assert_accessible
from tests.journeys.papers import read_paper
from tests.journeys.test_everyone import OWNER
from tests.support.live import LiveShop

pytestmark = pytest.mark.browser


def buy(page: Page) -> str:
    """A piece paid by card; returns the order's number, and leaves its page open."""
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "card")
    page.get_by_role("button", name=re.compile("^Pay")).click()
    steps.pay_by_card(page, steps.GOOD)
    page.get_by_role("link", name="Follow this order").click()
    number = re.search(r"ORD-\d+-\d+", page.get_by_role("main").inner_text())
    assert number
    return number[0]


def deliver(shop: LiveShop, number: str) -> None:
    with shop.inside():
        order_id = db.session.scalars(select(Order.id).where(Order.number == number)).one()
        walk.step(order_id, "packed", "shipped", "out_for_delivery", "delivered")


@pytest.mark.covers("PAY-05", "PAY-07")
def test_a_line_of_a_delivered_order_is_refunded_with_a_credit_note(visit, demo_shop):
    shopper, owner = visit(), visit()
    number = buy(shopper)
    deliver(demo_shop, number)
    steps.sign_in(owner, *OWNER)
    owner.goto(f"/staff/orders/{number}")
    owner.locator("#payments").get_by_role("link", name="Refund").click()
    assert_accessible(owner)
    owner.get_by_role("spinbutton").first.fill("1")
    expect(owner.locator("#staff-refunds-amount")).to_contain_text("₹999 back to where it came from: Card")
    owner.get_by_label("Reason").fill("Faded in the first wash")
    owner.get_by_role("button", name="Refund", exact=True).click()
    expect(owner.locator("#payments")).to_contain_text("Faded in the first wash")
    owner.locator("#payments table a").first.click()
    expect(owner.get_by_role("main")).to_contain_text("1 ×")
    assert_accessible(owner)

    def is_credited() -> bool:
        shopper.reload()
        return "Credit note" in shopper.get_by_role("main").inner_text()

    demo_shop.wait_for(is_credited)
    expect(shopper.get_by_role("main")).to_contain_text("Refund")
    expect(shopper.get_by_role("main")).to_contain_text("1 ×")
    note, invoice = (read_paper(shopper, name) for name in (re.compile("^CN-"), re.compile("^INV-")))
    assert "Credit note" in note
    assert number in note
    assert number in invoice
