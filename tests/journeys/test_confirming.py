"""An owner is asked who they are before a form is sent, and what they typed waits in the page."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from shop.accounts.models import Session
from shop.extensions import db
from shop.lib.clock import now
from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_everyone import OWNER
from tests.support.live import LiveShop

pytestmark = pytest.mark.browser


def let_time_pass(shop: LiveShop) -> None:
    """Everybody gave their password an hour ago."""
    with shop.inside():
        db.session.execute(update(Session).values(password_confirmed_at=now() - timedelta(hours=1)))
        db.session.commit()


def send_too_late(page: Page, shop: LiveShop, label: str) -> None:
    """A new role, typed for longer than a password counts."""
    page.goto("/staff/roles/new")
    page.get_by_label("Name", exact=True).fill(label)
    page.locator("#may-order-read").check()
    let_time_pass(shop)
    page.get_by_role("main").locator("form [type=submit]").last.click()
    expect(page.locator("h1")).to_have_text("Confirm it is you")


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_what_was_typed_waits_until_the_owner_has_shown_who_they_are(visit, demo_shop: LiveShop, javascript: bool):
    label = f"Till {'with' if javascript else 'without'}"
    owner = visit(javascript=javascript)
    steps.sign_in(owner, *OWNER)
    send_too_late(owner, demo_shop, label)
    owner.get_by_label("Your own password").fill(OWNER[1])
    owner.get_by_role("button", name="Confirm", exact=True).click()
    expect(owner.locator("h1")).to_have_text("It is you")
    owner.get_by_role("button", name="Send it now").click()
    expect(owner.locator("h1")).to_have_text(label)
    expect(owner.locator("#may-order-read")).to_be_checked()


@pytest.mark.covers("ACC-12")
def test_the_pages_that_ask_can_be_used_by_everybody(visit, demo_shop: LiveShop):
    owner = visit()
    steps.sign_in(owner, *OWNER)
    send_too_late(owner, demo_shop, "Till for everybody")
    assert_accessible(owner, "the question")
    assert_no_sideways_scroll(owner)
    owner.get_by_label("Your own password").fill(OWNER[1])
    owner.get_by_role("button", name="Confirm", exact=True).click()
    expect(owner.locator("h1")).to_have_text("It is you")
    assert_accessible(owner, "the button")
    assert_no_sideways_scroll(owner)
