"""What the owner does about delivery between two pictures, and what a buyer then sees."""

from tools.screens.steps import (
    Walk,
    add_to_bag,
    choose_delivery,
    fill_address,
    fill_contact,
    log_in_owner,
    set_settings,
)


def show_methods(walk: Walk) -> None:
    """A third method that goes to a city alone, and what sending a parcel there costs."""
    log_in_owner(walk)
    walk.open("/staff/delivery/new")
    walk.fill(name="Same-day delivery", description="By bicycle, before nine in the evening.", base_charge="149",
              min_days="0", max_days="0", cities="Bengaluru", postal_codes="560001-560103")  # fmt: skip
    walk.submit("name")
    walk.open("/staff/delivery?postal_code=560034&weight=1.2&goods=900")


def open_method(walk: Walk) -> None:
    with walk.page.expect_navigation():
        walk.page.get_by_role("link", name="Same-day delivery").click()


def leave_method_empty(walk: Walk) -> None:
    walk.open("/staff/delivery/new")
    walk.fill(postal_codes="5600")
    walk.submit("postal_codes")


def weigh_buyers(walk: Walk) -> None:
    """Cash on delivery costs something, and a customer's page shows their points."""
    set_settings(cash_fee="49", cash_most="5000")(walk)
    walk.page.locator("main [name=cash_weighed]").select_option("yes")
    walk.submit("cash_weighed")
    walk.open("/staff/customers/2")


def pay_courier(walk: Walk) -> None:
    """A guest at the payment step, who reads the fee."""
    add_to_bag("maidan-ringer-tee")(walk)
    walk.open("/checkout/contact")
    fill_contact(walk)
    fill_address(walk)
    choose_delivery(walk)


def owe_a_code(walk: Walk) -> None:
    """The same guest once the owner asks everybody for a code first."""
    _weigh(walk, cash_points="100", cash_points_code="0")


def mistype_code(walk: Walk) -> None:
    walk.page.get_by_role("button", name="Send me a code").click()
    walk.fill(code="123456")
    walk.submit("code")


def owe_a_part(walk: Walk) -> None:
    """The same guest once the owner asks everybody for a part before."""
    _weigh(walk, cash_points="100", cash_points_code="100", cash_points_part="0")


def _weigh(walk: Walk, **points: str) -> None:
    owner = walk.another()
    log_in_owner(owner)
    owner.open("/staff/settings")
    owner.page.locator("main [name=cash_weighed]").select_option("yes")
    owner.fill(**points)
    owner.submit("cash_points")
    owner.close()
    walk.open("/checkout/payment")


def go_nowhere(walk: Walk) -> None:
    """The same guest once no method goes there."""
    owner = walk.another()
    log_in_owner(owner)
    for number in (1, 2, 3):
        owner.open(f"/staff/delivery/{number}")
        owner.fill(cities="Kochi", postal_codes="")
        owner.submit("name")
    owner.close()
    walk.open("/checkout/delivery")
