"""Coupons: in the bag, and at the owner's desk."""

from tools.screens.steps import Step, Walk


def give_coupon(code: str) -> Step:
    """Type a coupon's code in the bag."""

    def step(walk: Walk) -> None:
        walk.open("/cart")
        walk.page.locator("main details:has([name=code]) summary").click()
        walk.page.locator("main details [name=code]").fill(code)
        walk.page.locator("main details [type=submit]").last.click()
        walk.page.get_by_text(code, exact=False).first.wait_for()
        walk.page.wait_for_timeout(500)

    return step


def open_coupon(code: str, part: str = "") -> Step:
    """Open a coupon, or a part of it, from the owner's list."""

    def step(walk: Walk) -> None:
        walk.open(f"/staff/coupons?q={code}")
        link = walk.page.get_by_role("link", name=code, exact=True).get_attribute("href") or ""
        walk.open(link + part)

    return step
