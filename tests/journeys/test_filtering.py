"""Back after filtering: the grid and the controls say the same."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
TICKED = "#facets input[type=checkbox]:checked"


def names(page: Page) -> list[str]:
    return page.locator("#results article :is(h2, h3) a").all_inner_texts()


def ticked(page: Page) -> list[str]:
    return page.locator(TICKED).evaluate_all("boxes => boxes.map(box => box.value)")


def tick(page: Page, name: str) -> str:
    """Tick the first value of a facet that is free, and wait for the grid; returns the value."""
    box = page.locator(f"#facets input[name={name}]:not(:checked):not([disabled])").first
    value = str(box.get_attribute("value"))
    with page.expect_response(re.compile("/_f/")):
        box.evaluate("box => box.click()")
    expect(page).to_have_url(re.compile(f"[?&]{name}=[^&]*{re.escape(value)}"))
    return value


def go_back(page: Page, boxes: int) -> None:
    """Press Back, and wait for the page, which may load itself anew, until so many boxes are ticked."""
    page.go_back()
    expect(page.locator(TICKED)).to_have_count(boxes)
    page.wait_for_load_state("networkidle")
    expect(page.locator(TICKED)).to_have_count(boxes)


@pytest.mark.covers("CAT-06")
def test_back_after_filtering_keeps_grid_and_controls_right(visit):
    page = visit()
    page.goto("/c/men")
    everything = names(page)
    size = tick(page, "size")
    by_size = names(page)
    tick(page, "colour")
    page.locator("#results article :is(h2, h3) a").first.click()
    expect(page.locator("#buy-button")).to_be_visible()
    go_back(page, boxes=2)
    go_back(page, boxes=1)
    expect(page).not_to_have_url(re.compile(r"colour="))
    assert ticked(page) == [size]
    assert names(page) == by_size
    go_back(page, boxes=0)
    expect(page).to_have_url(re.compile("/c/men$"))
    assert names(page) == everything


@pytest.mark.covers("CAT-06")
def test_address_of_a_filtered_listing_shows_the_same_to_someone_else(visit):
    page = visit()
    page.goto("/c/women")
    tick(page, "size")
    friend = visit(javascript=False)
    friend.goto(page.url)
    assert names(friend) == names(page)


@pytest.mark.covers("CAT-06")
def test_back_from_a_product_finds_the_list_as_long_as_it_was(visit):
    page = visit()
    page.goto("/c/men")
    first = len(names(page))
    page.locator(".load-more a").click()
    expect(page).to_have_url(re.compile("show=48"))
    expect(page.locator("#results article")).not_to_have_count(first)
    everything = names(page)
    page.locator("#results article :is(h2, h3) a").last.click()
    expect(page.locator("#buy-button")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("show=48"))
    expect(page.locator("#results article")).to_have_count(len(everything))
    assert names(page) == everything


@pytest.mark.covers("CAT-06")
def test_a_phone_without_scripts_filters_by_details(visit):
    page = visit(javascript=False, width=360, height=740)
    page.goto("/c/men")
    page.locator(".listing__open").click()
    group = page.locator("#facets details.facet:has(input[name=attributes])").first
    group.locator("summary").first.click()
    box = group.locator("input[name=attributes]:not([disabled])").first
    value = box.get_attribute("value")
    box.check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(f"attributes={re.escape(str(value))}"))
    assert names(page)


@pytest.mark.covers("CAT-06")
def test_the_phones_filter_says_how_many_it_will_show(visit):
    page = visit(width=360, height=740)
    page.goto("/c/men")
    page.locator(".listing__open").click()
    tick(page, "attributes")
    button = page.locator("#filters .facets__show button")
    expect(button).to_have_text(re.compile(r"Show \d+ products?"))
    shown = str(button.text_content()).strip().removeprefix("Show ")
    button.click()
    expect(page.locator("#listing-count")).to_have_text(shown)
