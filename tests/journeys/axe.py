"""Asks axe-core whether everyone can use a page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = (Path(__file__).parents[1] / "vendor/axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = ((360, 740), (1280, 900))
THEMES = ("light", "dark")
# axe leaves its only rule of WCAG 2.2 switched off by default.
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}

# The other theme can only differ in its colours.
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "rules": {}}
# Thousands of elements change their colours with the theme: without transitions they do at once.
SETTLED = """async () => {
  if (!document.adoptedStyleSheets.length) {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { transition: none !important }");
    document.adoptedStyleSheets = [still];
  }
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  await Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)));
}"""
WIDE = """width => [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1)
  .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""


def assert_accessible(page: Page, where: str = "") -> None:
    """Fail with every violation on the open page, narrow and wide, light and dark."""
    found: list[str] = []
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            _settle(page)
            options = OPTIONS if theme == "light" else COLOURS
            found += [f"{where or page.url} {width} {theme}: {text}" for text in violations(page, options)]
    assert not found, "\n".join(found)


def _settle(page: Page) -> None:
    """Wait until the page stands as it will look: half-way through a transition no contrast is right."""
    page.evaluate(SETTLED)


def violations(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """What axe finds on the page as it stands, each as one line."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(SOURCE)
    result: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary'][:200]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def assert_no_sideways_scroll(page: Page, width: int = 320) -> None:
    """Nothing is wider than the narrowest phone."""
    page.set_viewport_size({"width": width, "height": 640})
    _settle(page)
    wide: list[str] = page.evaluate(WIDE, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url}: {wide}"
