"""What the owner does with a product beside its words: a schedule, and what goes well with it."""

from tools.screens.steps import Walk


def relate(walk: Walk) -> None:
    """Choose two products for a shirt, and look for a third."""
    for _ in range(2):
        walk.open("/staff/products/2/related?q=kurta")
        with walk.page.expect_navigation():
            walk.page.get_by_role("button", name="Add: ").first.click()


def take_away(walk: Walk) -> None:
    """Take one away again; the message has the button that undoes it."""
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Take away: ").first.click()


def schedule(walk: Walk) -> None:
    """Take a product off the shelf until Diwali."""
    walk.open("/staff/products/3")
    walk.page.get_by_label("On the shelf", exact=True).uncheck()
    walk.page.get_by_label("Put on the shelf at").fill("2031-11-14T09:30")
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Save product").click()
