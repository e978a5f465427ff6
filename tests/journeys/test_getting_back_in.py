"""Somebody gets back into their account, and later deletes it, without script and without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import keyboard
from tests.journeys.test_codes import FIRST, SECOND, register
from tests.journeys.test_membership import log_in, log_out

pytestmark = pytest.mark.browser
LINK = re.compile(r"http://\S+/password/reset\?\S+")


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).click()


@pytest.mark.covers("ACC-05", "ACC-06")
def test_who_forgot_e_mail_and_password_gets_back_in_and_others_are_out(visit, newest):
    page, other = visit(javascript=False, width=360, height=740), visit(javascript=False)
    email, phone = "wanda@example.com", "9845088801"
    register(page, email, phone)
    log_in(other, email, FIRST)
    expect(other.locator("h1")).to_have_text("Hello, Asha")
    log_out(page)
    page.goto("/login")
    follow(page, "Forgot your password?")
    follow(page, "Forgot your e-mail address?")
    page.get_by_role("button", name="Send the text message").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_label("Phone").fill(phone)
    page.get_by_role("button", name="Send the text message").click()
    assert "wa***@example.com" in newest("sms/*-text_email_reminder.txt", phone)
    page.goto("/password/forgot")
    page.get_by_label("E-mail or phone").fill(email)
    page.get_by_role("button", name="E-mail me a link instead").click()
    page.goto(LINK.findall(newest("mail/*-password_reset.eml", email))[0])
    page.get_by_label("New password", exact=True).fill(SECOND)
    page.get_by_label("New password again").fill(SECOND)
    page.get_by_role("button", name="Save the new password").click()
    expect(page.locator(".toast")).to_have_css("animation-direction", "reverse")
    log_in(page, email, SECOND)
    expect(page.locator("h1")).to_have_text("Hello, Asha")
    other.goto("/account")
    expect(other.locator("h1")).to_have_text("Log in")


@pytest.mark.covers("ACC-10")
def test_an_account_is_deleted_by_keyboard_alone(visit, newest):
    page = visit(width=360, height=740)
    register(page, "kai@example.com", "9845088802")
    page.goto("/account")
    keyboard.tab_to(page, "Skip to content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto("/account")
    keyboard.tab_to(page, "Your data")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your data")
    keyboard.tab_to(page, "Delete the account")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Delete your account")
    keyboard.tab_to(page, "Your password")
    page.keyboard.type(FIRST)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/$"))
    assert "as you asked" in newest("mail/*-account_erased.eml", "kai@example.com")
