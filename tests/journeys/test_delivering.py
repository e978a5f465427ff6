"""From a guest's bag to their door: the owner packs and sends, the rider hands over against the guest's code."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_everyone import OWNER

pytestmark = pytest.mark.browser


def order_by_guest(page: Page) -> str:
    """A guest buys for cash; returns the order's number. The page is then the order's own."""
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    steps.walk_to_review(page, "cod")
    page.get_by_role("button", name="Place order").click()
    page.get_by_role("link", name="Follow this order").click()
    found = re.search(r"ORD-\d+-\d+", page.get_by_role("main").inner_text())
    assert found
    return found[0]


def send_out(page: Page, number: str) -> str:
    """The owner walks an order to the rider; returns the rider's link."""
    steps.sign_in(page, *OWNER)
    page.goto(f"/staff/orders/{number}")
    page.get_by_role("button", name="Confirm order").click()
    page.get_by_role("button", name="Mark as packed").click()
    page.get_by_role("combobox", name="Carrier").fill("Blue Dart")
    page.get_by_label("Tracking number").fill("BD 4711")
    page.get_by_role("button", name="Mark as shipped").click()
    page.get_by_role("button", name="Send out for delivery").click()
    return page.get_by_label("The rider's link").input_value()


def look_at(page: Page, path: str) -> None:
    page.goto(path)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


@pytest.mark.covers("ORD-05", "ORD-01")
def test_a_guests_cash_order_is_handed_over_on_the_riders_page(visit):
    guest = visit(javascript=False, width=360, height=740)
    owner = visit()
    rider = visit(javascript=False, width=360, height=740)
    number = order_by_guest(guest)
    link = send_out(owner, number)
    guest.reload()
    code = guest.locator(".otp-card__code").inner_text().replace(" ", "")

    path = re.sub(r"^https?://[^/]+", "", link)
    look_at(visit(width=360, height=740), path)
    rider.goto(path)
    expect(rider.locator("h1")).to_have_text("Asha Rao")
    expect(rider.get_by_role("link", name="Call")).to_have_attribute("href", "tel:+919845012345")
    expect(rider.get_by_role("main")).to_contain_text("Collect ₹")
    rider.get_by_label("Code from the customer").fill("000000" if code != "000000" else "000001")
    rider.get_by_role("button", name="Handed over", exact=True).click()
    expect(rider.get_by_role("main")).to_contain_text("not the code of this parcel")
    rider.get_by_label("Code from the customer").fill(code)
    rider.get_by_role("button", name="Handed over", exact=True).click()
    expect(rider.locator("h1")).to_contain_text("Handed over")

    guest.reload()
    expect(guest.locator("h1")).to_have_text("Delivered")
    owner.goto(f"/staff/orders/{number}")
    owner.get_by_role("button", name=re.compile("collected$")).click()
    expect(owner.get_by_role("main")).to_contain_text("Paid")
