"""A whole purchase in a shop of Bangladesh: taka, VAT on top, a bKash wallet, and the invoice as a file."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shop.extensions import db
from tests.factories import a_product
from tests.fulfilment.walk import step
from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.papers import read_paper
from tests.store.moving import shop_in
from tests.support.live import LiveShop

pytestmark = pytest.mark.browser


@pytest.fixture
def shop_abroad(closed_live_shop: Callable[..., LiveShop]) -> LiveShop:
    """A shop of Bangladesh with one product on its shelf, for ৳1,000."""
    shop = closed_live_shop()
    with shop.inside():
        shop_in("BD")
        a_product("Jamdani kurta", price=100000)
        db.session.commit()
    shop.start()
    return shop


def give_address(page: Page) -> None:
    page.get_by_label("E-mail").fill("rahim@example.com")
    page.get_by_label("Phone").fill("01712 345678")
    page.get_by_role("button", name="Continue to address").click()
    page.get_by_label("Full name").fill("Rahim Uddin")
    page.get_by_label("Postcode").fill("1212")
    page.get_by_label("Flat, house number, building").fill("12")
    page.get_by_label("Street, area").fill("Road 7")
    page.get_by_role("button", name="Continue to delivery").click()
    steps.choose_delivery(page)


def pay_by_bkash(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Pay")).click()
    page.get_by_label("Wallet number").fill("01712 345678")
    page.get_by_role("button", name="Pay ৳1,186.90").click()
    page.get_by_label("Code").fill("123456")
    page.get_by_role("button", name="Confirm payment").click()


@pytest.mark.covers("STO-02", "PAY-02")
def test_a_kurta_is_bought_in_bangladesh_with_bkash_and_vat_on_top(visit_to, shop_abroad):
    page = visit_to(shop_abroad, width=360, height=740)
    page.goto("/search?q=kurta")
    page.get_by_role("link", name="Jamdani kurta").first.click()
    expect(page.get_by_role("main")).to_contain_text("৳1,000")
    steps.add_to_bag(page)
    page.goto("/cart")
    expect(page.get_by_role("main")).to_contain_text("VAT")
    steps.go_to_checkout(page)
    give_address(page)
    steps.choose_payment(page, "bkash")
    for part in ("৳79", "VAT", "৳107.90", "৳1,186.90"):
        expect(page.get_by_role("main")).to_contain_text(part)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    pay_by_bkash(page)
    expect(page.locator("h1")).to_have_text("Thank you, Rahim")
    expect(page.get_by_role("main")).to_contain_text("bKash, paid")

    with shop_abroad.inside():
        step(1, "packed", "shipped")
    page.get_by_role("link", name="Follow this order").click()
    for part in ("VAT", "৳107.90", "৳1,186.90"):
        expect(page.get_by_role("main")).to_contain_text(part)
    paper = read_paper(page, "as PDF")
    for part in ("Rahim Uddin", "VAT", "10 %", "৳107.90", "৳1,186.90"):
        assert part in paper
    assert "₹" not in paper
    shop_abroad.run("shop", "audit")
