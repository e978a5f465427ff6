"""A shop that has sold nothing yet moves to Bangladesh, and somebody buys there by wallet."""

from tools.screens.steps import Walk, choose, choose_delivery, log_in

OWNER = ("nusrat@truestyle.example", "Owner-Demo-2026!")
MADE_BY = (
    ["shop", "init", "--owner-email", OWNER[0], "--owner-password", OWNER[1]],
    ["shop", "demo", "--products", "12"],
)
CONTACT = {"email": "rahim.uddin@example.com", "phone": "01712 345678"}
ADDRESS = {"name": "Rahim Uddin", "postal_code": "1207", "house": "12/A", "street": "Satmasjid Road"}


def move_to_bangladesh(walk: Walk) -> None:
    """As the owner of a new shop does; ends on the store's page with its new country."""
    log_in(walk, *OWNER)
    walk.open("/staff/store/1")
    walk.page.locator("main [name=country]").select_option(label="Bangladesh")
    walk.fill(state="Dhaka", gstin="", pan="", phone=CONTACT["phone"])
    walk.submit("country")
    walk.open("/staff/store/1")


def put_something_into_bag(walk: Walk) -> None:
    """As a guest, up to the address of the checkout."""
    walk.context.clear_cookies()
    walk.open("/c/men")
    walk.page.locator("article:not([data-state=sold-out]) :is(h2, h3) a").first.click()
    walk.page.locator("#buy label[data-state=in]").first.click()
    walk.page.locator("#buy-button").click()
    walk.page.locator("#drawer[open]").wait_for()
    walk.open("/checkout/contact")
    walk.fill(**CONTACT)
    walk.submit("phone")


def give_address(walk: Walk) -> None:
    """District and division come with the postcode; ends at the ways to pay."""
    walk.fill(**ADDRESS)
    walk.submit("house")
    choose_delivery(walk)


def choose_wallet(walk: Walk) -> None:
    """Up to the bank's page."""
    choose("bkash")(walk)
    walk.submit("key")
