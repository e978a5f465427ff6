"""Discounts made, tried on a bag, and counted in one."""

from tools.screens.steps import Walk, add_to_bag, log_in_owner

TEES = ("dyers-crew-tee", "sunday-crew-tee")


def make_discounts(walk: Walk) -> None:
    """A coupon, a discount that comes by itself, and one from an amount that no bag here reaches."""
    log_in_owner(walk)
    _make(walk, code="EXTRA10", name="Ten percent", value="10")
    _make(walk, name="Autumn sale", value="5")
    _make(walk, name="Big bag", value="20", minimum="50000")
    walk.open("/staff/coupons/try")


def try_bag(walk: Walk) -> None:
    """The example of the form, with the coupon."""
    walk.fill(coupon="EXTRA10")
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Try it").click()


def try_nothing(walk: Walk) -> None:
    """A number that no variant has."""
    walk.open("/staff/coupons/try?goods=NO-SUCH+2&coupon=EXTRA10")


def fill_bag(walk: Walk) -> None:
    add_to_bag(*TEES)(walk)


def open_bag(walk: Walk) -> None:
    """The bag, with the reasons of its price opened."""
    walk.open("/cart")
    walk.page.get_by_text("Why this price").click()


def _make(walk: Walk, **typed: str) -> None:
    walk.open("/staff/coupons/new")
    walk.fill(**typed)
    walk.page.get_by_label("Show it to shoppers").check()
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Add it").click()
