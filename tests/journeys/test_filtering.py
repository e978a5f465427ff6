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
