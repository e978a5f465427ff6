"""Somebody chooses the square of their picture: by dragging, by keys, or not at all where there is no script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import assert_accessible, assert_no_sideways_scroll
from tests.lib.files.parts import encoded, quarters

pytestmark = pytest.mark.browser
CUSTOMER = ("customer@truestyle.example", "Customer-Demo-2026!")
RED, BLUE = (220, 40, 40), (40, 60, 200)
COLOUR = """async (url) => {
  const picture = await createImageBitmap(await (await fetch(url)).blob());
  const pen = new OffscreenCanvas(1, 1).getContext("2d");
  pen.drawImage(picture, picture.width / 2, picture.height / 2, 1, 1, 0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """Red, green, blue and white, in quarters."""
    path = tmp_path / "me.png"
    path.write_bytes(encoded(quarters(600, 600), "PNG"))
    return path


def open_profile(page: Page) -> None:
    page.goto("/login?next=/account/profile")
    page.get_by_label("E-mail or phone").fill(CUSTOMER[0])
    page.get_by_label("Password", exact=True).fill(CUSTOMER[1])
    page.locator("main").get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile("/account/profile$"))


def save(page: Page) -> str:
    """Send the picture; its address."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save picture").click()
    expect(page.get_by_text("Your picture is saved.").last).to_be_visible()
    return str(page.locator("img.portrait").get_attribute("src"))


@pytest.mark.covers("ACC-08")
def test_the_square_is_dragged_and_moved_by_keys(visit, portrait):
    page = visit()
    open_profile(page)
    page.get_by_label("Choose a picture").or_(page.get_by_label("Another picture")).set_input_files(portrait)
    page.get_by_label("Zoom").fill("400")
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    assert_accessible(page, "square")
    assert_no_sideways_scroll(page)
    for _ in range(8):
        canvas.drag_to(canvas, source_position={"x": 60, "y": 60}, target_position={"x": 200, "y": 200})
    assert page.evaluate(COLOUR, save(page)) == pytest.approx(RED, abs=16)
    page.get_by_label("Another picture").set_input_files(portrait)
    page.get_by_label("Zoom").fill("400")
    for label, key in (("Left to right", "Home"), ("Up and down", "End")):
        page.get_by_label(label).press(key)
    assert page.evaluate(COLOUR, save(page)) == pytest.approx(BLUE, abs=16)
    page.get_by_role("button", name="Remove picture").click()
    expect(page.locator("svg.portrait")).to_be_visible()


@pytest.mark.covers("ACC-08")
def test_without_script_the_middle_is_shown(visit, portrait):
    page = visit(javascript=False)
    open_profile(page)
    page.locator("[name=picture]").set_input_files(portrait)
    expect(page.locator("canvas")).to_be_hidden()
    assert re.fullmatch(r"/media/portraits/[0-9a-f]{32}\.webp", save(page))
    page.get_by_role("button", name="Remove picture").click()
    expect(page.locator("svg.portrait")).to_be_visible()


@pytest.mark.covers("ACC-08")
def test_a_file_that_is_too_large_is_told_before_it_is_sent(visit, tmp_path):
    large = tmp_path / "large.png"
    large.write_bytes(b"\0" * (5 * 1024 * 1024 + 1))
    page = visit()
    open_profile(page)
    chooser = page.locator("[name=picture]")
    chooser.set_input_files(large)
    assert "larger than 5 MB" in chooser.evaluate("input => input.validationMessage")


@pytest.mark.covers("ACC-11")
def test_the_address_book_is_for_everyone(visit):
    page = visit()
    open_profile(page)
    for path in ("/account/addresses", "/account/addresses?type=billing", "/account/addresses/new"):
        page.goto(path)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
