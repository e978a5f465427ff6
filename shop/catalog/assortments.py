"""What facets count: all offers of a product in one short text, so that products alike are counted together.

The text has a part for each colour and price, `colour.price.left.gone`: ids of the colour and, in commas, of its sizes
that are in stock and that are sold out; the price in minor units. `3.149900.2,4.5 7.149900.2,4,5.`

Sets of ids are whole numbers here, with the bit of each id: many thousand of them are joined for one page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from shop.catalog.wants import PRESETS
from shop.lib.money import Money

# Searches and filters meet the same offers again and again; a part takes about 300 bytes.
MOST_PARSED = 8192
PRESET_STARTS = [(low or 0) * 100 for low, _ in PRESETS]


class Part(NamedTuple):
    """The offers of one colour at one price; `left` are the sizes in stock, `sizes` all of them."""

    colour: int
    price: int
    preset: int
    left: int
    sizes: int


class Chosen(NamedTuple):
    """What is asked of an offer: sets of ids, None where nothing is; the price from `low` to below `high`.

    `mine` are sizes that every facet is limited to, in stock.
    """

    sizes: int | None = None
    colours: int | None = None
    low: int = 0
    high: int | None = None
    in_stock: bool = False
    mine: int | None = None


class Fulfilled(NamedTuple):
    """By facet, the values on offers that fulfil what the other facets ask; and whether an offer fulfils everything."""

    sizes: int
    colours: int
    presets: int
    in_stock: bool
    is_match: bool


NOTHING = Fulfilled(0, 0, 0, False, False)


def assortment(offers: Iterable[tuple[int, int, Money, bool]]) -> str:
    """The text of offers given as (colour id, size id, price, in stock); equal offers make equal texts."""
    parts: dict[tuple[int, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for colour_id, size_id, price, in_stock in offers:
        parts[colour_id, price.minor][not in_stock].append(size_id)
    return " ".join(
        f"{colour}.{price}.{_texts(left)}.{_texts(gone)}" for (colour, price), (left, gone) in sorted(parts.items())
    )


@lru_cache(maxsize=MOST_PARSED)
def parsed(part: str) -> Part:
    """Read one part of a text."""
    colour, price, left, gone = part.split(".")
    amount, in_stock, sold_out = int(price), _set(left), _set(gone)
    return Part(1 << int(colour), amount, 1 << bisect_right(PRESET_STARTS, amount) - 1, in_stock, in_stock | sold_out)


def fulfilled(part: Part, chosen: Chosen) -> Fulfilled:
    """What a part's offers fulfil. A size counts only while it is in stock; with a colour it is the same variant."""
    left = part.left if chosen.mine is None else part.left & chosen.mine
    if chosen.mine is not None and not left:
        return NOTHING
    is_left = bool(left if chosen.sizes is None else left & chosen.sizes)
    in_size = is_left or (chosen.sizes is None and not chosen.in_stock)
    in_colour = chosen.colours is None or bool(part.colour & chosen.colours)
    in_price = chosen.low <= part.price and (chosen.high is None or part.price < chosen.high)
    return Fulfilled(
        left if in_colour and in_price else 0,
        part.colour if in_size and in_price else 0,
        part.preset if in_size and in_colour else 0,
        is_left and in_colour and in_price,
        in_size and in_colour and in_price,
    )


def joined(parts: Sequence[Fulfilled]) -> Fulfilled:
    """What the parts of one product fulfil together."""
    if len(parts) == 1:
        return parts[0]
    sizes = colours = presets = 0
    in_stock = is_match = False
    for part in parts:
        sizes, colours, presets = sizes | part.sizes, colours | part.colours, presets | part.presets
        in_stock, is_match = in_stock or part.in_stock, is_match or part.is_match
    return Fulfilled(sizes, colours, presets, in_stock, is_match)


def set_of(ids: Iterable[int]) -> int:
    """A set of ids."""
    made = 0
    for id_ in ids:
        made |= 1 << id_
    return made


def ids_in(wanted: int) -> Iterator[int]:
    """The ids in a set, small to large."""
    while wanted:
        lowest = wanted & -wanted
        yield lowest.bit_length() - 1
        wanted ^= lowest


def _set(ids: str) -> int:
    return set_of(map(int, ids.split(","))) if ids else 0


def _texts(ids: list[int]) -> str:
    return ",".join(map(str, sorted(ids)))
