"""What shoppers do, in their words; each works with JavaScript on and off."""

import re

from playwright.sync_api import Page, expect

CARD = {"holder": "Asha Rao", "expiry": "08/39", "cvv": "123"}
GOOD, REFUSED, WITH_CODE = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0000 0000 3220"
UPI_GOOD, UPI_REFUSED = "success@sandbox", "fail@sandbox"


def open_a_product(page: Page, category: str = "men") -> None:
    """From the home page through a category to its first product that is not sold out."""
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"/c/{category}")
    page.locator("article:not([data-state=sold-out]) :is(h2, h3) a").first.click()
    expect(page.locator("#buy-button")).to_be_visible()


def add_to_bag(page: Page) -> None:
    """Choose the first size there is, and add it."""
    page.locator("label.size:not([data-state=out])").first.click()
    page.locator("#buy-button").click()
    expect(page.locator("#bag-count")).to_contain_text("1")


def go_to_checkout(page: Page) -> None:
    """From the bag's page to the first step."""
    page.goto("/cart")
    page.locator("main").get_by_role("link", name="Checkout").click()
    expect(page).to_have_url(re.compile("/checkout/contact$"))


def give_contact(page: Page, email: str = "asha@example.com") -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Phone").fill("98450 12345")
    page.get_by_role("button", name="Continue to address").click()
    expect(page).to_have_url(re.compile("/checkout/address$"))


def give_address(page: Page) -> None:
    """Everything but city and state, which the pincode fills: at once, or at submit."""
    page.get_by_label("Full name").fill("Asha Rao")
    page.get_by_label("Pincode").fill("600001")
    page.get_by_label("Flat, house number, building").fill("12")
    page.get_by_label("Street, area").fill("Rajaji Salai")
    page.get_by_role("button", name="Continue to delivery").click()
    expect(page).to_have_url(re.compile("/checkout/delivery$"))
    expect(page.get_by_role("main")).to_contain_text("Chennai, Tamil Nadu 600001")


def choose_delivery(page: Page) -> None:
    page.get_by_role("button", name="Continue to payment").click()
    expect(page).to_have_url(re.compile("/checkout/payment$"))


def choose_payment(page: Page, method: str) -> None:
    page.locator(f"input[name=method][value={method}]").check()
    page.get_by_role("button", name="Continue to review").click()
    expect(page).to_have_url(re.compile("/checkout/review$"))


def walk_to_review(page: Page, payment: str) -> None:
    """From the first step to the last."""
    give_contact(page)
    give_address(page)
    choose_delivery(page)
    choose_payment(page, payment)


def pay_by_card(page: Page, number: str) -> None:
    """At the bank's page."""
    page.get_by_label("Card number").fill(number)
    page.get_by_label("Name on the card").fill(CARD["holder"])
    page.get_by_label("Expiry").fill(CARD["expiry"])
    page.get_by_label("CVV").fill(CARD["cvv"])
    page.get_by_role("button", name=re.compile("^Pay")).click()


def pay_by_upi(page: Page, upi_id: str) -> None:
    """At the bank's page."""
    page.get_by_label("UPI ID").fill(upi_id)
    page.get_by_role("button", name=re.compile("^Pay")).click()


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/login")
    page.get_by_label("E-mail or phone").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main").get_by_role("button", name=re.compile("Log in|Sign in")).click()
    expect(page).not_to_have_url(re.compile("/login"))
