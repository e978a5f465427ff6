"""The owner changes a setting and puts it back; settings and store are for everyone."""

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_everyone import OWNER

pytestmark = pytest.mark.browser


@pytest.mark.covers("STO-03")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_owner_changes_a_setting_and_puts_it_back(visit, javascript):
    page = visit(javascript=javascript)
    steps.sign_in(page, *OWNER)
    page.goto("/staff/settings")
    field = page.get_by_role("textbox", name="Time to pay")
    whole = page.locator(".field").filter(has=field)
    field.fill("4")
    field.press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("enter a whole number from 5 to 1440")
    expect(field).to_have_value("4")
    field.fill("45")
    field.press("Enter")
    expect(whole).to_contain_text("Changed")
    expect(field).to_have_value("45")
    page.get_by_role("button", name="Time to pay: back to 30 minutes").click()
    expect(field).to_have_value("30")
    expect(whole).not_to_contain_text("Changed")


@pytest.mark.covers("STO-01", "STO-03")
def test_settings_and_store_are_for_everyone(visit):
    page = visit(width=360, height=740)
    steps.sign_in(page, *OWNER)
    for path in ("/staff/settings", "/staff/store", "/staff/store/1", "/staff/state-words", "/staff/store/new"):
        page.goto(path)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("Enter what the shop is called.")
    assert_accessible(page)
