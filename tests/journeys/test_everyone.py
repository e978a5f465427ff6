"""Everyone can use every page: axe-core finds nothing, and nothing scrolls sideways."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import keyboard, steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll, violations

pytestmark = pytest.mark.browser
OWNER = ("owner@truestyle.example", "Owner-Demo-2026!")
CUSTOMER = ("customer@truestyle.example", "Customer-Demo-2026!")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/c/men",
        "/search?q=nothinglikethis",
        "/cart",
        "/wishlist",
        "/track",
        "/login",
        "/register",
        "/pages/returns",
        "/nowhere",
    ],
)
def test_page_is_for_everyone(visit, path):
    page = visit()
    page.goto(path)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_a_planted_fault_is_found(visit):
    """The control: a page with a picture nobody named does not pass."""
    page = visit()
    page.goto("/login")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p><img src=/favicon.ico></p>')")
    assert any(text.startswith("image-alt") for text in violations(page))


def test_product_bag_drawer_and_wishlist_are_for_everyone(visit):
    page = visit()
    steps.open_a_product(page)
    assert_accessible(page, "product")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator(".buy__row [data-wish]").click()
    expect(page.locator("#wishlist-count")).to_contain_text("1")
    steps.add_to_bag(page)
    expect(page.locator("#drawer")).to_be_visible()
    assert_accessible(page, "drawer")
    page.goto("/cart")
    assert_accessible(page)
    page.get_by_role("button", name="Save for later").click()
    expect(page.get_by_role("heading", name="Saved for later")).to_be_visible()
    page.goto("/wishlist")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("#share-url")
    expect(link).to_be_visible()
    for path in ("/cart", "/wishlist", link.input_value()):
        page.goto(path)
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_checkout_bank_and_order_are_for_everyone(visit):
    page = visit()
    steps.open_a_product(page)
    steps.add_to_bag(page)
    steps.go_to_checkout(page)
    page.get_by_role("button", name="Continue to address").click()
    expect(page.locator("#error-summary")).to_be_visible()
    assert_accessible(page, "contact with errors")
    steps.walk_to_review(page, "card")
    for step in ("contact", "address", "delivery", "payment", "review"):
        page.goto(f"/checkout/{step}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    page.get_by_role("button", name=re.compile("^Pay")).click()
    expect(page.get_by_label("Card number")).to_be_visible()
    assert_accessible(page, "bank")
    steps.pay_by_card(page, steps.REFUSED)
    expect(page.locator("h1")).to_have_text("The payment did not go through")
    assert_accessible(page, "refused payment")
    page.locator("input[name=method][value=cod]").check()
    page.get_by_role("button", name=re.compile("^Continue with")).click()
    expect(page.locator("h1")).to_have_text("Thank you, Asha")
    assert_accessible(page, "thanks")
    page.get_by_role("link", name="Follow this order").click()
    expect(page.get_by_role("main")).to_contain_text("Progress")
    assert_accessible(page, "order")
    assert_no_sideways_scroll(page)


def test_account_is_for_everyone(visit):
    page = visit()
    steps.sign_in(page, *CUSTOMER)
    for path in ("", "/orders", "/addresses", "/profile", "/coupons", "/invoices", "/credit"):
        page.goto(f"/account{path}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


@pytest.mark.parametrize(
    "paths",
    [
        ("coupons", "coupons/new", "coupons/1", "coupons/1/usage", "coupons/try", "taxes", "settings"),
        ("delivery?postal_code=560034&weight=1.2&goods=900", "delivery/1", "payments", "invoices", "invoices/1"),
        (
            "orders/statistics",
            "orders/shipping",
            "orders/new?q=example",
            "orders/new/2",
            "orders/new/guest",
            "webhooks",
        ),
    ],
    ids=["prices", "money", "desk"],
)
def test_owners_pages_of_buying_are_for_everyone(visit, paths):
    page = visit()
    steps.sign_in(page, *OWNER)
    for path in paths:
        page.goto(f"/staff/{path}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_owners_orders_are_for_everyone(visit):
    page = visit()
    steps.sign_in(page, *OWNER)
    for path in ("/staff/", "/staff/orders", "/staff/products"):
        page.goto(path)
        assert_accessible(page)
    page.goto("/staff/orders")
    page.locator("table a[href*='/staff/orders/']").first.click()
    expect(page.locator("h1")).to_contain_text("ORD-")
    assert_accessible(page, "owner's order")
    page.goto("/staff/orders?state=confirmed")
    page.locator("table a[href*='/staff/orders/']").first.click()
    page.get_by_role("link", name="Change the lines").click()
    expect(page.locator("h1")).to_contain_text("ORD-")
    assert_accessible(page, "lines of an order")
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_keyboard_alone_reaches_the_last_step(visit, width):
    page = visit(width=width)
    steps.open_a_product(page)
    steps.add_to_bag(page)
    page.goto("/checkout/contact")
    page.get_by_label("E-mail").focus()
    page.keyboard.type("asha@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type("9845012345")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/checkout/address$"))


@pytest.mark.covers("ACC-02")
def test_a_password_can_be_looked_at_while_it_is_typed(visit):
    page = visit(width=360, height=780)
    page.goto("/login")
    field = page.locator("[name=password]")
    field.fill("Brass-Button-9")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    assert_accessible(page, "login with the password shown")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")
    expect(field).to_have_value("Brass-Button-9")


@pytest.mark.covers("PRO-01", "ORD-09")
def test_owners_pages_are_walked_by_keyboard_on_a_phone(visit):
    page = visit(width=360, height=740)
    steps.sign_in(page, *OWNER)
    for path in ("/staff/coupons/new", "/staff/delivery", "/staff/orders/new/2", "/staff/settings"):
        page.goto(path)
        names = keyboard.stops(page)
        assert names[0] == "Skip to content"
        assert len(names) > 10
