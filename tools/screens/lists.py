"""What waits for later, and a wishlist that is shared."""

import re

from tools.screens.steps import Walk


def save_for_later(walk: Walk) -> None:
    """Let the first line of the bag wait, with the way back still open."""
    walk.open("/cart")
    walk.page.get_by_role("button", name=re.compile("^Save for later")).first.click()
    walk.page.locator("#cart-saved").wait_for()
    walk.page.wait_for_timeout(500)


def share_wishlist(walk: Walk) -> None:
    """Make a link to the wishlist, under a first name."""
    walk.open("/wishlist")
    walk.fill(name="Asha")
    walk.submit("name")


def read_shared_wishlist(walk: Walk) -> None:
    """Follow the link, as whoever was sent it."""
    walk.page.goto(walk.page.locator("#share-url").input_value())


def read_wishlist_taken_back(walk: Walk) -> None:
    walk.open("/wishlist/shared/taken-back")
