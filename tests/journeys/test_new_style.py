"""A style's way to a shopper: made in the grid, given pictures, put on the shelf, found by misspelt words, bought."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_product_pictures import OWNER, drag, lines
from tests.lib.files.parts import encoded, quarters

pytestmark = pytest.mark.browser
NAME = "Kingfisher field shirt"
COLOURS, SIZES = ("Indigo", "Ecru", "Madder"), ("XS", "S", "M", "L", "XL", "XXL")


def make_style(page: Page) -> None:
    """A hidden product in three colours and one size."""
    page.goto("/staff/products/new")
    page.get_by_label("Name", exact=True).fill(NAME)
    for select in ("brand", "product_type", "category"):
        page.locator(f"select[name={select}]").select_option(index=1)
    for name, text in (("mrp", "1999"), ("hsn", "6205"), ("price", "1499"), ("country_of_origin", "India")):
        page.locator(f"input[name={name}]").fill(text)
    for tick in (*COLOURS, SIZES[0]):
        page.get_by_label(tick, exact=True).check()
    page.get_by_role("button", name="Add the product").click()
    expect(page.locator("h1")).to_have_text(NAME)


def save_grid(page: Page) -> None:
    page.get_by_role("button", name="Save the grid").click()
    expect(page.locator("[data-toast]").get_by_text("Saved.")).to_be_visible()


def fill_the_grid(page: Page) -> None:
    """Three by six variants, with prices typed as into a sheet and five pieces of each."""
    page.get_by_role("link", name="Edit them as a grid").click()
    for size in SIZES[1:]:
        page.get_by_label("One more size").select_option(label=size)
        page.get_by_role("button", name="Add the size").click()
    page.get_by_label("Sold", exact=True).check()
    page.get_by_role("button", name="Fill all").click()
    save_grid(page)
    page.get_by_role("link", name="Price", exact=True).click()
    type_prices(page)
    assert_accessible(page, "grid")
    assert_no_sideways_scroll(page)
    save_grid(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Stock", exact=True).last.click()
    page.get_by_label("Fill with").fill("5")
    page.get_by_role("button", name="Fill all").click()
    save_grid(page)
    expect(page.locator("[data-cell]")).to_have_count(18)


def type_prices(page: Page) -> None:
    """Enter goes down, the right arrow on; a column is filled by its button."""
    page.get_by_label("Ecru, XS").fill("1199")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Madder, XS")).to_be_focused()
    page.keyboard.type("1299")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Madder, S")).to_be_focused()
    page.get_by_label("Fill with").fill("1399")
    page.get_by_role("button", name="Fill XXL").click()
    expect(page.get_by_label("Madder, XXL")).to_have_value("1399")
    expect(page.get_by_label("Madder, XL")).to_have_value("1499")


def show_it(page: Page, pictures: list[Path]) -> None:
    """Two pictures, described and dragged into order, then onto the shelf."""
    page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_label("Add pictures").set_input_files(pictures)
    expect(page.locator("[data-picture]")).to_have_count(2)
    first, last = lines(page)
    for line, words in ((first, "From behind"), (last, "From the front")):
        page.locator(f"#{line} input[id^=alt]").fill(words)
    with page.expect_response(re.compile("/pictures/order$")):
        drag(page, last, first)
    expect(page.locator("[data-picture]").first).to_have_id(last)
    page.reload()
    page.get_by_label("On the shelf", exact=True).check()
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_role("link", name="See it in the shop")).to_be_visible()


@pytest.mark.covers("CAT-04", "CAT-06")
def test_a_style_goes_from_the_owners_grid_to_a_shopper(visit, tmp_path):
    pictures = [tmp_path / "back.png", tmp_path / "front.png"]
    for file, size in zip(pictures, ((400, 500), (500, 625)), strict=True):
        file.write_bytes(encoded(quarters(*size), "PNG"))
    owner = visit()
    steps.sign_in(owner, *OWNER)
    make_style(owner)
    fill_the_grid(owner)
    show_it(owner, pictures)

    guest = visit()
    guest.goto("/search?q=kingfsher+feild&colour=ecru&size=xs")
    guest.locator("#results article").get_by_role("link", name=NAME, exact=True).click()
    expect(guest.get_by_role("main")).to_contain_text("₹1,199")
    guest.locator("label.size", has_text=re.compile("^XS$")).click()
    guest.locator("#buy-button").click()
    expect(guest.locator("#bag-count")).to_contain_text("1")
    steps.go_to_checkout(guest)
    steps.walk_to_review(guest, "cod")
    guest.get_by_role("button", name="Place order").click()
    expect(guest.locator("h1")).to_have_text("Thank you, Asha")
