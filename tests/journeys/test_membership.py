"""From the first day to the last: an account is made, proven, secured, recovered, taken along and deleted."""

import json
import re
import zipfile

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_codes import CODE, FIRST, LINK, SECOND, register, set_password

pytestmark = pytest.mark.browser


def prove_email(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page.get_by_role("main")).to_contain_text("Confirmed:")


def switch_two_factor_on(page: Page) -> list[str]:
    """Returns the recovery codes that are shown."""
    page.goto("/account/two-factor")
    page.locator("[name=current_password]").fill(FIRST)
    page.get_by_role("button", name="Set it up").click()
    key = page.locator("main b code").inner_text()
    page.get_by_label("Code").fill(pyotp.TOTP(key.replace(" ", "")).now())
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator("h1")).to_have_text("Two-factor sign-in is on")
    return page.locator("main li code").all_inner_texts()


def log_out(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Log out").click()


def log_in(page: Page, email: str, password: str, code: str = "") -> None:
    page.goto("/login")
    page.get_by_label("E-mail or phone").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    if code:
        page.get_by_label("Code").fill(code)
        page.locator("main form [type=submit]").first.click()
        expect(page.locator("h1")).to_have_text("Hello, Asha")


def take_data_along(page: Page, password: str, *, javascript: bool) -> dict[str, object]:
    """Ask, wait, download; returns what stands in the file's profile."""
    page.goto("/account/data")
    page.get_by_role("button", name="Ask for your data").click()
    download = page.get_by_role("button", name="Download")
    for _ in range(0 if javascript else 30):
        page.wait_for_timeout(500)
        if download.is_visible():
            break
        page.get_by_role("link", name="Look again").click()
    expect(download).to_be_visible()
    page.get_by_label("Your password").fill(password)
    with page.expect_download() as started:
        download.click()
    with zipfile.ZipFile(started.value.path()) as archive:
        profile: dict[str, object] = json.loads(archive.read("profile.json"))
        return profile


def delete_account(page: Page, password: str) -> None:
    page.goto("/account/data")
    page.get_by_role("link", name="Delete the account").click()
    page.get_by_label("Your password").fill("Wrong-Horse-7")
    page.get_by_role("button", name="Delete my account for good").click()
    expect(page.get_by_role("main")).to_contain_text("That is not your current password.")
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Delete my account for good").click()
    expect(page).to_have_url(re.compile("/$"))


@pytest.mark.covers("ACC-10", "ACC-13")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_account_from_the_first_day_to_the_last(visit, newest, javascript):
    page = visit(javascript=javascript, width=360, height=740)
    email, phone = ("m1@example.com", "9845066601") if javascript else ("m2@example.com", "9845066602")
    register(page, email, phone)
    prove_email(page, LINK.findall(newest("mail/*-email_verification.eml", email))[0])
    codes = switch_two_factor_on(page)
    log_out(page)
    log_in(page, email, FIRST, codes[0])
    log_out(page)
    page.goto("/password/forgot")
    page.get_by_label("E-mail or phone").fill(email)
    page.get_by_role("button", name="Send a code").click()
    set_password(page, CODE.findall(newest("mail/*-reset_code.eml", email))[0])
    expect(page.locator("h1")).to_have_text("Log in")
    log_in(page, email, SECOND, codes[1])
    assert take_data_along(page, SECOND, javascript=javascript)["email"] == email
    delete_account(page, SECOND)
    assert "as you asked" in newest("mail/*-account_erased.eml", email)
    log_in(page, email, SECOND)
    expect(page.get_by_role("main")).to_contain_text("do not match")


@pytest.mark.covers("ACC-10", "ACC-16")
def test_pages_of_leaving_and_of_the_log_are_for_everyone(visit):
    page = visit()
    register(page, "m3@example.com", "9845066603")
    for path in ("/account/data", "/account/deletion"):
        page.goto(path)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Delete my account for good").click()
    expect(page.locator("#error-summary")).to_be_visible()
    assert_accessible(page, "deletion with errors")
    log_out(page)
    log_in(page, "customer@truestyle.example", "Customer-Demo-2026!")
    page.goto("/account/deletion")
    expect(page.get_by_role("main")).to_contain_text("is still open")
    assert_accessible(page, "deletion that must wait")
    log_out(page)
    log_in(page, "owner@truestyle.example", "Owner-Demo-2026!")
    page.goto("/staff/logins")
    assert_accessible(page)
    page.goto("/staff/logins?ip=203.0.113.250")
    expect(page.get_by_role("main")).to_contain_text("Nobody fits")
    assert_accessible(page, "login log without rows")
