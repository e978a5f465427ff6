"""What somebody does who has no mouse: every stop on the way shows where the keyboard is."""

from typing import Any

from playwright.sync_api import Page

MOST = 150
HERE = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const box = here.getBoundingClientRect(), style = getComputedStyle(here);
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  const near = [here, ...(here.labels || [])];
  const own = at && (at.contains(here) || near.some((one) => one.contains(at)));
  const name = here.getAttribute("aria-label") || here.innerText || here.labels?.[0]?.innerText || here.name || "";
  const fits = box.y >= -1 && box.bottom <= innerHeight + 1 && box.x >= -1 && box.right <= innerWidth + 1;
  const isTall = box.height > innerHeight && box.y < innerHeight && box.bottom > 0;
  return {
    place: [...document.querySelectorAll("*")].indexOf(here),
    name: name.trim().replace(/\\s+/g, " "),
    isSeen: isTall || (Boolean(own) && fits),
    // Parts of a date's field are marked by the browser, which tells nobody.
    isMarked: style.outlineStyle !== "none" || style.boxShadow !== "none" || here.type?.startsWith("date"),
  };
}"""


def stops(page: Page) -> list[str]:
    """Tab from the page's top once around, and name every stop; each is in view, uncovered and marked."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    found: list[dict[str, Any]] = []
    while (here := _next(page)) is not None and (not found or here["place"] != found[0]["place"]):
        found.append(here)
        assert len(found) < MOST, f"{page.url}: no key leads on from {here['name']}"
    return [stop["name"] for stop in found]


def tab_to(page: Page, name: str) -> None:
    """Tab until something of this name has the focus."""
    for _ in range(MOST):
        here = _next(page)
        if here is not None and name in here["name"]:
            return
    raise AssertionError(f"{page.url}: no key leads to {name}")


def _next(page: Page) -> dict[str, Any] | None:
    """One stop on; what slides into view is given a moment."""
    page.keyboard.press("Tab")
    here: dict[str, Any] | None = page.evaluate(HERE)
    for _ in range(10):
        if here is None or (here["isSeen"] and here["isMarked"]):
            return here
        page.wait_for_timeout(50)
        here = page.evaluate(HERE)
    raise AssertionError(f"{page.url}: the focus is not seen: {here}")
