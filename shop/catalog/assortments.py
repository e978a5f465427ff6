"""What facets count: all offers of a product in one short text, so that products alike are counted together.

The text has a part for each colour and price, `colour.price.left.gone`: ids of the colour and, in commas, of its sizes
that are in stock and that are sold out; the price in minor units. `3.149900.2,4.5 7.149900.2,4,5.`
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from shop.catalog.wants import PRESETS
from shop.lib.money import Money

PRESET_STARTS = [(low or 0) * 100 for low, _ in PRESETS]
Ids = frozenset[str] | None
V = TypeVar("V")


def assortment(offers: Iterable[tuple[int, int, Money, bool]]) -> str:
    """The text of offers given as (colour id, size id, price, in stock); equal offers make equal texts."""
    parts: dict[tuple[int, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for colour_id, size_id, price, in_stock in offers:
        parts[colour_id, price.minor][not in_stock].append(size_id)
    return " ".join(
        f"{colour}.{price}.{_ids(left)}.{_ids(gone)}" for (colour, price), (left, gone) in sorted(parts.items())
    )


@dataclass(frozen=True)
class Chosen:
    """What is asked of an offer: ids as the texts have them, None where nothing is; prices in minor units."""

    sizes: Ids = None
    colours: Ids = None
    low: int = 0
    high: int | None = None


@dataclass
class Fulfilled:
    """What products of one assortment offer: each facet's values, true on an offer that fulfils what the others ask."""

    sizes: dict[str, bool] = field(default_factory=dict)
    colours: dict[str, bool] = field(default_factory=dict)
    presets: dict[int, bool] = field(default_factory=dict)
    is_match: bool = False


def fulfilled(offers: str, chosen: Chosen) -> Fulfilled:
    """Read an assortment. A size counts only while it is in stock, and with a colour it is the very same variant."""
    found = Fulfilled()
    for part in offers.split(" "):
        colour, price, left, gone = part.split(".")
        amount, sizes = int(price), left.split(",") if left else []
        in_size = chosen.sizes is None or not chosen.sizes.isdisjoint(sizes)
        in_colour = chosen.colours is None or colour in chosen.colours
        in_price = amount >= chosen.low and (chosen.high is None or amount < chosen.high)
        _note(found.sizes, sizes, in_colour and in_price)
        _note(found.sizes, gone.split(",") if gone else [], False)
        _note(found.colours, [colour], in_size and in_price)
        _note(found.presets, [bisect_right(PRESET_STARTS, amount) - 1], in_size and in_colour)
        found.is_match |= in_size and in_colour and in_price
    return found


def _note(found: dict[V, bool], values: Iterable[V], is_so: bool) -> None:
    for value in values:
        found[value] = is_so or found.get(value, False)


def _ids(ids: list[int]) -> str:
    return ",".join(map(str, sorted(ids)))
