"""What somebody sees who looked at several products, saved sizes to look in, or came for a product that is gone."""

from tools.screens.steps import Step, Walk

LOOKED_AT = ("suraj-block-tee", "ferry-breton-tee", "maidan-ringer-tee", "dyers-crew-tee", "sunday-crew-tee")


def look_around(walk: Walk) -> None:
    """A few products one after the other; the last page has the others below and the place that was asked for."""
    for slug in LOOKED_AT:
        with walk.page.expect_response("**/_f/recently-viewed*"):
            walk.open(f"/p/{slug}")
    walk.page.locator("#recently-viewed .card").first.wait_for()


def delete_and_look(slug: str) -> Step:
    """Delete a product as its owner, then follow an old link to it."""

    def step(walk: Walk) -> None:
        walk.open(f"/staff/products?q={slug.replace('-', '+')}")
        with walk.page.expect_navigation():
            walk.page.get_by_role("link", name=slug.replace("-", " ").title(), exact=True).click()
        with walk.page.expect_navigation():
            walk.page.get_by_role("button", name="Delete", exact=True).click()
        walk.open(f"/p/{slug}")

    return step


def save_sizes(walk: Walk) -> None:
    """Say what a partner wears."""
    walk.open("/account/sizes/partner")
    for size in ("upper:m", "upper:l", "lower:32"):
        walk.page.locator(f"[name=sizes][value='{size}']").check(force=True)
    walk.submit("sizes")


def list_in_saved_sizes(walk: Walk) -> None:
    """The switch above a list, on."""
    walk.open("/c/men")
    with walk.page.expect_navigation():
        walk.page.get_by_role("link", name="In my partner’s sizes").click()
