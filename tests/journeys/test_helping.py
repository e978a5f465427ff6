"""An owner finds a customer, helps them under their name, and is themselves again; with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible
from tests.journeys.test_everyone import OWNER

pytestmark = pytest.mark.browser
FOUND = "/staff/customers?q=customer%40truestyle&email=yes"


@pytest.mark.covers("ACC-14")
@pytest.mark.parametrize("javascript", [True, False])
def test_owner_helps_a_customer(visit, javascript):
    page = visit(javascript=javascript)
    steps.sign_in(page, *OWNER)
    page.goto(FOUND)
    page.get_by_role("link", name="Ananya Rao").click()
    page.get_by_label("Why").fill("Asks by phone for the bag")
    page.get_by_role("button", name="Sign in as Ananya").click()
    expect(page.get_by_text("You are signed in as")).to_be_visible()
    page.goto("/account/orders")
    expect(page.get_by_text("You are signed in as")).to_be_visible()
    page.get_by_role("button", name="Stop helping").click()
    expect(page).to_have_url(re.compile(r"/staff/customers/\d+$"))
    expect(page.get_by_text("Asks by phone for the bag").first).to_be_visible()


@pytest.mark.covers("ACC-14")
def test_customers_are_for_everyone(visit):
    page = visit()
    steps.sign_in(page, *OWNER)
    for path in (FOUND, "/staff/customers/2", "/staff/customers/2/timeline", "/staff/customers/new",
                 "/staff/customer-groups", "/staff/customers/grouping?all=1"):  # fmt: skip
        page.goto(path)
        assert_accessible(page, path)
    page.goto("/staff/customers/2")
    page.get_by_label("Why").fill("Asks by phone for the bag")
    page.get_by_role("button", name="Sign in as").click()
    assert_accessible(page, "helped")
