"""The search field by keyboard: an ARIA combobox, and a plain field without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible

pytestmark = pytest.mark.browser


def chosen(page: Page) -> str:
    """The text of the suggestion that the field says is active; there is exactly one."""
    active = page.get_by_role("combobox", name="Search products").get_attribute("aria-activedescendant")
    option = page.locator(f"#{active}[role=option][aria-selected=true]")
    expect(option).to_be_in_viewport()
    assert page.locator("#search-list [aria-selected=true]").count() == 1
    return option.inner_text()


@pytest.mark.covers("CAT-06")
def test_suggestions_are_walked_closed_and_followed_by_keyboard(visit):
    page = visit()
    page.goto("/")
    field = page.get_by_role("combobox", name="Search products")
    field.press_sequentially("kuta")
    expect(page.locator("#live")).to_have_text(re.compile(r"For kurta: \d+ suggestions"))
    expect(field).to_have_attribute("aria-expanded", "true")
    names = page.locator("#search-list [role=option]").all_inner_texts()
    field.press("ArrowDown")
    assert chosen(page) == names[0]
    field.press("ArrowUp")
    assert chosen(page) == names[-1]
    field.press("Home")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("Escape")
    expect(page.locator("#search-list")).to_be_hidden()
    expect(field).to_have_value("kuta")
    field.press("ArrowDown")
    expect(page.locator("#search-list")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kurta")


@pytest.mark.covers("CAT-06")
def test_suggestions_of_the_search_page_are_for_everyone(visit):
    page = visit(width=360, height=740)
    page.goto("/search")
    height = page.locator("main").bounding_box()["height"]
    page.get_by_role("combobox", name="What are you looking for?").press_sequentially("shirt")
    options = page.locator("#q-list [role=option]")
    expect(options).not_to_have_count(0)
    assert page.locator("main").bounding_box()["height"] == height
    assert_accessible(page)
    options.last.click()
    expect(page).to_have_url(re.compile(r"/search\?q=shirt$"))


def test_without_javascript_the_field_is_a_field(visit):
    page = visit(javascript=False)
    page.goto("/")
    field = page.get_by_role("searchbox", name="Search products")
    field.fill("kuta")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("kurta")
