"""An owner makes a role, gives it, takes it back, finds that in the audit log and undoes it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_everyone import CUSTOMER, OWNER

pytestmark = pytest.mark.browser


def make_a_role(page: Page, label: str) -> None:
    """A role that shows orders."""
    page.goto("/staff/roles")
    page.get_by_role("link", name="Add a role").click()
    page.get_by_label("Name", exact=True).fill(label)
    page.locator("#may-order-read").check()
    page.get_by_role("button", name=re.compile("role")).click()
    expect(page.locator("h1")).to_have_text(label)


def find_in_the_log(page: Page, label: str) -> None:
    """What became of people's roles, the newest of it first: that this one was taken back."""
    page.goto("/staff/audit")
    page.get_by_label("What", exact=True).select_option(label="Role of a person")
    page.get_by_role("button", name="Filter").click()
    newest = page.locator("tbody tr").first
    expect(newest).to_contain_text(label)
    expect(newest).to_contain_text("Deleted")
    newest.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text(label)


def may_see_orders(page: Page) -> bool:
    answer = page.goto("/staff/orders")
    assert answer is not None
    return answer.status == 200


@pytest.mark.covers("ACC-12", "OPS-03")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_owner_makes_a_role_gives_it_takes_it_finds_it_and_undoes_it(visit, javascript):
    label = f"Weekend desk {'with' if javascript else 'without'}"
    owner, person = visit(javascript=javascript), visit(javascript=javascript)
    steps.sign_in(owner, *OWNER)
    steps.sign_in(person, *CUSTOMER)
    assert not may_see_orders(person)
    make_a_role(owner, label)
    role = owner.url
    owner.get_by_role("textbox", name="E-mail or phone").fill(CUSTOMER[0])
    owner.get_by_role("button", name="Give this role").click()
    expect(owner.get_by_role("main")).to_contain_text(CUSTOMER[0])
    assert may_see_orders(person)
    owner.get_by_role("button", name=re.compile("Take it back")).click()
    expect(owner.get_by_role("main")).to_contain_text("Nobody has it yet")
    assert not may_see_orders(person)
    find_in_the_log(owner, label)
    owner.get_by_role("button", name="Undo this change").click()
    expect(owner.get_by_role("main")).to_contain_text("This change was undone")
    assert may_see_orders(person)
    owner.goto(role)
    owner.get_by_role("button", name=re.compile("Take it back")).click()
    assert not may_see_orders(person)


def test_the_audit_log_is_for_everyone(visit):
    page = visit(width=360, height=740)
    steps.sign_in(page, *OWNER)
    make_a_role(page, "For everyone")
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("main")).to_contain_text("Only what changed about For everyone")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.locator("tbody a").first.click()
    expect(page.get_by_role("main")).to_contain_text("Saved together")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
