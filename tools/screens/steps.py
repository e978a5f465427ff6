"""What a visitor does between two pictures."""

import re
import sqlite3
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import cast

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

Step = Callable[["Walk"], None]
CUSTOMER = ("customer@truestyle.example", "Customer-Demo-2026!")
OWNER = ("owner@truestyle.example", "Owner-Demo-2026!")
ADDRESS = {"name": "Asha Menon", "postal_code": "560034", "house": "14, Second floor", "street": "Jyoti Nivas Road"}
GARMENTS = Path(__file__).resolve().parents[2] / "static" / "garments"
TWICE = dict.fromkeys(("password", "password_again"), "Brass-Button-9")
PHONE_VIEW: ViewportSize = {"width": 360, "height": 780}


class Walk:
    """One visitor in the demo shop: their page, the shop's address, and its database to look orders up in."""

    def __init__(self, context: BrowserContext, url: str, database: Path) -> None:
        self.context, self.url, self.database = context, url, database
        self.page: Page = context.new_page()

    def open(self, path: str) -> None:
        """Follow an address of the shop."""
        self.page.goto(self.url + path, wait_until="load")

    def another(self) -> "Walk":
        """Somebody else's visit to the same shop."""
        return Walk(cast(Browser, self.context.browser).new_context(), self.url, self.database)

    def close(self) -> None:
        self.context.close()

    def find(self, column: str, condition: str) -> str:
        """A column of the newest order that fits a condition."""
        query = f"SELECT {column} FROM shop_order WHERE {condition} ORDER BY id DESC LIMIT 1"
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            return str(connection.execute(query).fetchone()[0])

    def submit(self, field: str) -> None:
        """Send the form that holds a field, and wait for the answer."""
        button = self.page.locator(f"main form:has([name='{field}']) [type=submit]").last
        with self.page.expect_navigation():
            button.click()

    def fill(self, **values: str) -> None:
        """Type into fields by their names."""
        for name, value in values.items():
            self.page.locator(f'main [name="{name}"]').first.fill(value)


def open_menu(walk: Walk) -> None:
    walk.page.set_viewport_size(PHONE_VIEW)
    walk.page.locator("header button, header summary, header a[data-dialog-open]").first.click()


def open_filters(walk: Walk) -> None:
    walk.page.set_viewport_size(PHONE_VIEW)
    walk.page.locator("[data-dialog-open=filters]").click()
    walk.page.wait_for_timeout(400)


def suggest(path: str, field: str, width: int) -> Step:
    """Type into a search field and go down to the second suggestion."""

    def step(walk: Walk) -> None:
        walk.page.set_viewport_size({"width": width, "height": 780})
        walk.open(path)
        walk.page.locator(field).press_sequentially("kurt")
        walk.page.locator("[role=option]").last.wait_for()
        for _ in range(2):
            walk.page.locator(field).press("ArrowDown")

    return step


def scroll_down(walk: Walk) -> None:
    walk.page.set_viewport_size(PHONE_VIEW)
    walk.page.mouse.wheel(0, 1600)
    walk.page.wait_for_timeout(400)


def add_to_bag(*slugs: str) -> Step:
    """Add the second size of each product; the drawer stays open over the last."""

    def step(walk: Walk) -> None:
        for slug in slugs:
            walk.open(f"/p/{slug}")
            walk.page.locator("#buy label[data-state=in]").nth(1).click()
            walk.page.locator("#buy-button").click()
            walk.page.locator("#drawer[open]").wait_for()
            walk.page.wait_for_timeout(600)

    return step


def like(listing: str, wishlist: str) -> Step:
    """Press a few hearts on a listing, then look at the wishlist."""

    def step(walk: Walk) -> None:
        walk.open(listing)
        for place in range(3):
            with walk.page.expect_response("**/wishlist/items"):
                walk.page.locator(".grid .heart__button").nth(place).click()
        walk.open(wishlist)

    return step


def leave_contact_empty(walk: Walk) -> None:
    walk.fill(email="asha@", phone="12")
    walk.submit("phone")


def fill_contact(walk: Walk) -> None:
    walk.fill(email="asha.menon@example.com", phone="98765 11223")
    walk.submit("phone")


def fill_address(walk: Walk) -> None:
    walk.fill(**ADDRESS)
    walk.submit("house")


def choose_delivery(walk: Walk) -> None:
    walk.page.locator("main [name=method]").first.check(force=True)
    walk.submit("method")


def choose(method: str) -> Step:
    def step(walk: Walk) -> None:
        walk.page.locator(f"main [name=method][value={method}]").check(force=True)
        walk.submit("method")

    return step


def place(walk: Walk) -> None:
    walk.submit("key")


def pay_with_code(number: str) -> Step:
    """Enter a card number, or the code when the bank asks for one."""

    def step(walk: Walk) -> None:
        if walk.page.locator("main [name=code]").count():
            walk.fill(code=number)
            walk.submit("code")
            return
        walk.fill(number=number, holder="Asha Menon", expiry="08/31", cvv="123")
        walk.submit("number")

    return step


def order_in(state: str, condition: str = "1 = 1", *, mine: bool = False) -> Step:
    """Open the newest order in a state, by its secret link or from the account of the named customer."""
    owner = f"user_id = (SELECT id FROM user_account WHERE email = '{CUSTOMER[0]}')"

    def step(walk: Walk) -> None:
        fits = f"state = '{state}' AND {condition}" + (f" AND {owner}" if mine else "")
        walk.open(f"/account/orders/{walk.find('number', fits)}" if mine else f"/order/{walk.find('token', fits)}")

    return step


def staff_order_in(state: str, condition: str = "1 = 1") -> Step:
    """Open the newest order in a state on the owner's desk."""

    def step(walk: Walk) -> None:
        walk.open(f"/staff/orders/{walk.find('number', f'''state = '{state}' AND {condition}''')}")

    return step


def draft_invoice(walk: Walk) -> None:
    """Draft the invoice of an order that waits to be sent."""
    walk.open("/staff/invoices")
    walk.fill(order=walk.find("number", "state = 'confirmed'"))
    walk.submit("order")


def fail_to_log_in(walk: Walk) -> None:
    log_in(walk, CUSTOMER[0], "not this one")


def log_in_customer(walk: Walk) -> None:
    log_in(walk, *CUSTOMER)
    walk.open("/account")


def log_in_owner(walk: Walk) -> None:
    log_in(walk, *OWNER)
    walk.open("/staff")


def add_to_team(walk: Walk) -> None:
    """Add somebody; the page that follows shows their password this once."""
    walk.open("/staff/team/new")
    walk.fill(first_name="Bela", last_name="Shah", email="bela.shah@truestyle.example")
    walk.submit("first_name")


def open_change(table: str) -> Step:
    """The page of the newest change of a table in the audit log."""

    def step(walk: Walk) -> None:
        walk.open(f"/staff/audit?table={table}")
        with walk.page.expect_navigation():
            walk.page.locator("main tbody a").first.click()

    return step


def set_settings(**values: str) -> Callable[[Walk], None]:
    """Change settings by their keys and save them."""

    def step(walk: Walk) -> None:
        walk.open("/staff/settings")
        walk.fill(**values)
        walk.submit(next(iter(values)))

    return step


def call_packed(word: str) -> Callable[[Walk], None]:
    """Give orders that are packed another word."""

    def step(walk: Walk) -> None:
        walk.open("/staff/state-words")
        walk.fill(**{"order-status.packed": word})
        walk.submit("order-status.packed")

    return step


def log_in(walk: Walk, email: str, password: str) -> None:
    """With whatever there is, right or wrong."""
    walk.open("/login")
    walk.fill(identifier=email, password=password)
    walk.submit("identifier")


def choose_picture(walk: Walk) -> None:
    """A garment for a face: the square of it is chosen."""
    walk.open("/account/profile")
    walk.page.locator("[name=picture]").set_input_files(GARMENTS / "dress-stripe" / "rust-960.webp")
    walk.page.locator("[data-crop]").wait_for()
    walk.fill(zoom="160", y="20")


def save_picture(walk: Walk) -> None:
    walk.submit("picture")


def ask_for_code(walk: Walk) -> None:
    walk.open("/password/forgot")
    walk.fill(identifier="asha.menon@example.com")
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Send a code").click()


def type_wrong_code(walk: Walk) -> None:
    walk.fill(code="123456", **TWICE)
    walk.submit("code")


def register(walk: Walk) -> None:
    walk.open("/register")
    walk.fill(first_name="Meera", email="meera.nair@example.com", phone="98765 11224")
    walk.fill(**TWICE)
    walk.submit("password_again")


def open_mailed_link(walk: Walk) -> None:
    """Follow the link of the newest mail that confirms an address, once it is written."""
    follow_mail(walk, "email_verification", r"/verify/email\?[\w=-]+")


def follow_mail(walk: Walk, template: str, link: str) -> None:
    """Follow a link of the newest mail of a kind, once it is written."""
    for _ in range(100):
        if found := sorted((walk.database.parent / "mail").glob(f"*-{template}.eml")):
            mail = message_from_bytes(found[-1].read_bytes(), policy=policy.default)
            words = str(next(part.get_content() for part in mail.walk() if part.get_content_type() == "text/plain"))
            return walk.open(re.findall(link, words)[0])
        walk.page.wait_for_timeout(100)
    raise TimeoutError("no mail came")


def ask_for_phone_code(walk: Walk) -> None:
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Send a code").click()


def ask_for_data(walk: Walk) -> None:
    """Ask for one's own data and wait until it is packed."""
    walk.open("/account/data")
    walk.page.get_by_role("button", name="Ask for your data").click()
    walk.page.get_by_role("button", name="Download").wait_for()


def log_in_and_open(path: str) -> Step:
    """Log in as the named customer and follow an address."""

    def step(walk: Walk) -> None:
        log_in_customer(walk)
        walk.open(path)

    return step


def make_group(name: str) -> Step:
    """Make a group of customers."""

    def step(walk: Walk) -> None:
        walk.page.get_by_label("Name", exact=True).fill(name)
        walk.page.get_by_role("button", name="Make the group").click()
        walk.page.get_by_role("heading", name=name, level=1).wait_for()

    return step


def ask_for_key(walk: Walk) -> None:
    walk.fill(current_password=CUSTOMER[1])
    walk.submit("current_password")


def show_code_of_app(walk: Walk) -> None:
    """What an authenticator app shows that has read the key."""
    key = walk.page.locator("main code").first.inner_text().replace(" ", "")
    walk.fill(code=pyotp.TOTP(key).now())
    walk.submit("code")


def log_in_half_way(walk: Walk) -> None:
    """The password alone, in a browser that forgot who was there."""
    walk.context.clear_cookies()
    log_in(walk, *CUSTOMER)


def type_no_code(walk: Walk) -> None:
    walk.fill(code="no code")
    walk.submit("code")


def put_into_group(walk: Walk) -> None:
    """Put everybody who was found into the one group there is."""
    walk.page.get_by_role("button", name="Save for").click()
    walk.page.get_by_role("heading", name="Regulars", level=1).wait_for()


def sign_in_as(path: str) -> Step:
    """Sign in as a customer, to help."""

    def step(walk: Walk) -> None:
        walk.open(path)
        walk.page.get_by_label("Why").fill("Ticket 12: cannot find the order of last week")
        walk.page.get_by_role("button", name="Sign in as").click()
        walk.page.get_by_text("You are signed in as").wait_for()

    return step


def end_help(walk: Walk) -> None:
    """Be oneself again."""
    walk.page.get_by_role("button", name="Stop helping").click()
    walk.page.get_by_role("heading", name="Help in their account").wait_for()


def come_back_late(walk: Walk) -> None:
    """Settings typed for longer than a password counts."""
    with sqlite3.connect(walk.database, timeout=30) as connection:
        connection.execute("UPDATE session SET password_confirmed_at = '2026-01-01 00:00:00.000000'")
    walk.open("/staff/settings")
    walk.fill(few_left="4")
    walk.submit("few_left")


def confirm_it_is_me(walk: Walk) -> None:
    walk.fill(current_password=OWNER[1])
    walk.submit("current_password")
