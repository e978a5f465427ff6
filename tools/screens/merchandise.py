"""What the owner does with prices over time and with many products between two pictures."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tools.screens.steps import Walk

TYPED = "%Y-%m-%dT%H:%M"
STORE = ZoneInfo("Asia/Kolkata")


def schedule_sale(walk: Walk) -> None:
    """One sale that runs, one that is planned."""
    for price, begin, end in (("20%", None, 3), ("699", 10, 14)):
        walk.open("/staff/products/2/sales")
        walk.fill(price=price, starts_at=_typed(begin) if begin else "", ends_at=_typed(end))
        with walk.page.expect_navigation():
            walk.page.get_by_role("button", name="Schedule").click()


def look_at_edit(walk: Walk) -> None:
    """Four products ticked in the list, to go on sale."""
    walk.open("/staff/products")
    for box in walk.page.get_by_role("checkbox").all()[:4]:
        box.check()
    walk.page.get_by_label("With those ticked").select_option("sale")
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Edit those ticked").click()
    walk.fill(value="25")
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Look at it").click()


def make_edit(walk: Walk) -> None:
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Change 4 products").click()


def _typed(days: int) -> str:
    return (datetime.now(STORE) + timedelta(days=days)).strftime(TYPED)
