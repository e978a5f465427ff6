"""The order desk: many orders at once, a carrier's file, and somebody on the phone."""

from tools.screens.steps import Walk


def pack_ticked(walk: Walk) -> None:
    """Pack two that wait for it, and one that cannot be."""
    walk.open("/staff/orders")
    numbers = [walk.find("id", f"state = '{state}'") for state in ("confirmed", "delivered")]
    for number in numbers:
        _tick(walk, number)
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Pack those ticked").click()


def look_at_waybills(walk: Walk) -> None:
    """A carrier's file with a row that fits and two that do not."""
    walk.open("/staff/orders/shipping")
    packed, placed = walk.find("number", "state = 'packed'"), walk.find("number", "state = 'placed'")
    rows = (f"{packed},Delhivery,DL 77120034", f"{placed},Delhivery,DL 77120035", "ORD-1999-0001,Ekart,E 1")
    walk.fill(rows="\n".join(["number,carrier,awb", *rows]))
    walk.submit("rows")


def order_by_phone(walk: Walk) -> None:
    """Find a customer and a product, and work out what it comes to."""
    walk.open("/staff/orders/new?q=example")
    with walk.page.expect_navigation():
        walk.page.locator("main td a.button").first.click()
    walk.fill(find="tee")
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Find").click()
    with walk.page.expect_navigation():
        walk.page.locator("button[name=add]").first.click()
    with walk.page.expect_navigation():
        walk.page.locator("aside button[name=op]").last.click()


def change_lines(walk: Walk) -> None:
    """Double what the newest order has that is not packed, and see what that comes to."""
    number = walk.find("number", "state = 'confirmed'")
    walk.open(f"/staff/orders/{number}/lines")
    walk.page.locator("input[name=quantity]").first.fill("2")
    with walk.page.expect_navigation():
        walk.page.locator("aside button[name=op]").last.click()


def order_without_account(walk: Walk) -> None:
    """Write down an order of somebody new, with a coupon that does not count yet."""
    walk.open("/staff/orders/new/guest")
    walk.fill(find="tee")
    with walk.page.expect_navigation():
        walk.page.get_by_role("button", name="Find").click()
    with walk.page.expect_navigation():
        walk.page.locator("button[name=add]").first.click()
    walk.fill(name="Ravi Menon", phone="98450 54321", postal_code="560001", house="7", street="Residency Road")
    walk.fill(code="SAVE10")
    with walk.page.expect_navigation():
        walk.page.locator("aside button[name=op]").last.click()


def track(walk: Walk) -> None:
    """Follow the newest order that is on its way, without its link."""
    walk.open("/track")
    order = "state = 'shipped'"
    walk.fill(number=walk.find("number", order), identifier=walk.find("email", order))
    walk.submit("identifier")


def _tick(walk: Walk, order_id: str) -> None:
    """Tick an order where it is on the page, or the first that is."""
    box = walk.page.locator(f"input[name=order][value='{order_id}']")
    (box if box.count() else walk.page.locator("input[name=order]").first).check(force=True)
