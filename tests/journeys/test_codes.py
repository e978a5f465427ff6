"""From a new account to a forgotten password, in a real browser: links and codes come as mails and text messages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll

pytestmark = pytest.mark.browser
FIRST, SECOND = "Correct-Horse-7", "Brass-Button-9"
CODE, LINK = re.compile(r"\b[0-9]{6}\b"), re.compile(r"http://\S+/verify/email\?token=[\w-]+")


def register(page: Page, email: str, phone: str) -> None:
    page.goto("/register")
    page.get_by_label("First name").fill("Asha")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Phone").fill(phone)
    page.get_by_label("Password", exact=True).fill(FIRST)
    page.get_by_label("Password again").fill(FIRST)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("main")).to_contain_text(f"Please confirm {email}")


def set_password(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_label("New password", exact=True).fill(SECOND)
    page.get_by_label("New password again").fill(SECOND)
    page.get_by_role("button", name="Save the new password").click()


@pytest.mark.covers("ACC-05", "ACC-07")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_new_customer_confirms_email_and_phone_and_sets_a_forgotten_password(visit, newest, javascript):
    page = visit(javascript=javascript, width=360, height=740)
    email, phone = ("c1@example.com", "9845077701") if javascript else ("c2@example.com", "9845077702")
    register(page, email, phone)
    page.goto(LINK.findall(newest("mail/*-email_verification.eml", email))[0])
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page.get_by_role("main")).to_contain_text(f"Confirmed: {email}")
    page.get_by_role("button", name="Send a code").click()
    expect(page.locator("h1")).to_have_text("Confirm your phone number")
    page.get_by_label("Code").fill(CODE.findall(newest("sms/*-text_phone_code.txt", phone))[0])
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(f"+91 {phone[:5]} {phone[5:]} on")
    page.goto("/account")
    page.get_by_role("button", name="Log out").click()
    page.goto("/password/forgot")
    page.get_by_label("E-mail or phone").fill(phone)
    page.get_by_role("button", name="Send a code").click()
    expect(page.get_by_role("main")).to_contain_text(f"If an account belongs to {phone[:4]}***{phone[-3:]}")
    set_password(page, "000000")
    expect(page.get_by_role("main")).to_contain_text("This code does not work")
    set_password(page, CODE.findall(newest("sms/*-text_reset_code.txt", phone))[0])
    expect(page.locator("h1")).to_have_text("Log in")
    page.get_by_label("E-mail or phone").fill(email)
    page.get_by_label("Password").fill(SECOND)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.locator("h1")).to_have_text("Hello, Asha")


@pytest.mark.covers("ACC-05", "ACC-06")
def test_pages_of_codes_are_for_everyone(visit):
    page = visit()
    for path in ("/password/forgot", "/password/code", "/forgot-email", "/forgot-email/sent", "/verify/email"):
        page.goto(path)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    register(page, "c3@example.com", "9845077703")
    assert_accessible(page, "overview of somebody new")
    page.goto("/account/verifications/phone")
    assert_accessible(page)
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator("#error-summary")).to_be_visible()
    assert_accessible(page, "code with errors")
