"""Steps to the pages of parcels: the packing table, couriers, the rider's page."""

from __future__ import annotations

from tools.screens.steps import Walk, staff_order_in

SEVERAL = "id IN (SELECT order_id FROM order_line GROUP BY order_id HAVING sum(quantity) > 1)"


def open_rider_page(walk: Walk) -> None:
    """Follow the rider's link of an order that is out, from the owner's desk."""
    staff_order_in("out_for_delivery")(walk)
    if not walk.page.get_by_label("The rider's link").count():
        walk.page.get_by_role("button", name="Make a link").click()
    walk.page.goto(walk.page.get_by_label("The rider's link").input_value())


def type_wrong_otp(walk: Walk) -> None:
    """A code that is none, on the rider's page."""
    open_rider_page(walk)
    walk.page.get_by_label("Code from the customer").fill("12345")
    walk.page.get_by_role("button", name="Handed over", exact=True).click()


def find_nobody(walk: Walk) -> None:
    """The rider brings it back, and the page is over."""
    walk.page.get_by_text("Nobody takes it").click()
    walk.page.get_by_label("Nobody at home").check(force=True)
    walk.fill(note="Rang twice, no answer")
    walk.page.get_by_role("button", name="Not handed over").click()
    walk.page.get_by_text("This page is over").wait_for()


def book_and_track(walk: Walk) -> None:
    """Book the sandbox courier for a packed order, and look at its tracking."""
    staff_order_in("packed")(walk)
    if walk.page.get_by_role("button", name="Book Sandbox Courier").count():
        walk.page.get_by_role("button", name="Book Sandbox Courier").click()
    walk.page.get_by_role("link", name="Tracking").click()


def pack_in_two(walk: Walk) -> None:
    """Put one piece of an order of several into a parcel of its own."""
    staff_order_in("confirmed", SEVERAL)(walk)
    if not walk.page.get_by_role("button", name="Mark as shipped").count():
        numbers = walk.page.locator("#next-step input[type=number]")
        for place in range(numbers.count()):
            numbers.nth(place).fill("1" if place == 0 else "0")
        walk.page.get_by_role("button", name="Mark as packed").click()
