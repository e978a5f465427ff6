"""Signing in with an account elsewhere, in a real browser, which also watches where forms lead."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.support.browsers import watch
from tests.support.live import LiveShop
from tests.support.providers import ProviderDouble

pytestmark = [pytest.mark.browser, pytest.mark.covers("ACC-09")]
PASSWORD = "Correct-Horse-7"
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_person_comes_with_google_sets_a_password_and_adds_github(
    open_live_shop: Callable[..., LiveShop], browser: Browser, javascript: bool
) -> None:
    with ProviderDouble() as there:
        shop = open_live_shop(**{name.upper(): value for name, value in there.settings().items()})
        context = browser.new_context(base_url=shop.url, java_script_enabled=javascript, viewport=PHONE)
        page = context.new_page()
        troubles = watch(page)
        page.goto("/login?next=/account/sign-ins")
        if javascript:
            assert_accessible(page, "login with providers")
        page.get_by_role("link", name="Continue with Google").click()
        expect(page).to_have_url(re.compile("/account/sign-ins$"))
        page.get_by_role("button", name="Set a password").click()
        expect(page.get_by_text("on its way to your e-mail").last).to_be_visible()
        page.goto(mailed_link(shop))
        page.get_by_label("New password", exact=True).fill(PASSWORD)
        page.get_by_label("New password again").fill(PASSWORD)
        page.get_by_role("button", name="Save the new password").click()
        page.get_by_label("E-mail or phone").fill("asha@example.com")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Log in").click()
        expect(page).to_have_url(re.compile("/account$"))
        page.goto("/account/sign-ins")
        page.get_by_label("Current password").fill(PASSWORD)
        page.get_by_role("button", name="Add GitHub").click()
        expect(page.get_by_text("GitHub opens your account").last).to_be_visible()
        if javascript:
            assert_no_sideways_scroll(page)
            assert_accessible(page, "sign-ins")
        page.get_by_role("button", name="Take away: Google").click()
        expect(page.get_by_text("no longer opens your account").last).to_be_visible()
        context.close()
        assert not troubles, troubles


def mailed_link(shop: LiveShop) -> str:
    """The link of the newest mail that sets a password."""
    found: list[str] = []

    def is_there() -> bool:
        files = sorted(shop.folder.glob("mail/*-password_reset.eml"))
        text = files[-1].read_text("utf-8").replace("=\n", "").replace("=3D", "=") if files else ""
        found[:] = re.findall(r"http://\S+/password/reset\?token=[\w-]+", text)
        return bool(found)

    shop.wait_for(is_there)
    return found[0]
