"""The grid of a product's variants as somebody reads it off a page, changes cells and sends it."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CELL = re.compile(
    r'name="place" value="(?P<place>[\d-]+)">\s*<input type="hidden" name="seen" value="(?P<seen>[^"]*)">'
    r"\s*<input (?P<input>[^>]+)>"
)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass
class Sheet:
    """Cells by what they are called, like "Indigo, M": what was seen, and what they say."""

    places: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def form(self, changes: Mapping[str, str] | None = None, **more: Any) -> dict[str, Any]:
        """What a browser sends after cells were changed; a tick is "y" or nothing."""
        texts = self.texts | (changes or {})
        assert texts.keys() == self.places.keys(), "there is no such cell"
        ticked = [self.places[name] for name, text in texts.items() if text == "y"]
        sent = {"place": list(self.places.values()), "seen": list(self.seen.values()), "cell": list(texts.values())}
        return sent | {"tick": ticked} | more


def sheet_of(page: Any) -> Sheet:
    """The grid on a page."""
    found = Sheet()
    for cell in CELL.finditer(page.text):
        drawn = dict(ATTRIBUTE.findall(cell["input"]))
        name = html.unescape(drawn["aria-label"])
        is_ticked = re.search(r"\bchecked\b", cell["input"])
        text = ("y" if is_ticked else "") if drawn.get("type") == "checkbox" else drawn["value"]
        found.places[name], found.seen[name] = cell["place"], html.unescape(cell["seen"])
        found.texts[name] = html.unescape(text)
    return found
