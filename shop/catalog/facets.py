"""The values of each facet and how many products they would show; a facet's counts ignore its own choice.

The database counts products by assortment and brand, and here is found out what one assortment fulfils: that reads a
narrow row for each product instead of one for each variant, and no product twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import NamedTuple

from sqlalchemy import func, select

from shop.catalog.assortments import Chosen, Fulfilled, Part, fulfilled, ids_in, joined, parsed, set_of
from shop.catalog.models import ListingAssortment
from shop.catalog.scopes import within
from shop.catalog.values import all_values, ids_of
from shop.catalog.wants import PRESETS, Facets, FacetValue, PricePreset, Scope, Wants
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

MOST_KEPT = 40_000
Numbers = dict[int, int]


class Alike(NamedTuple):
    """Products of one assortment: the places of its parts, how many there are, and of which brands."""

    places: list[int]
    number: int
    brands: dict[int, int]


@dataclass(frozen=True)
class Goods:
    """The products of a scope by assortment, and all parts of these."""

    alike: list[Alike]
    parts: list[Part]

    @property
    def size_ids(self) -> list[int]:
        """All sizes, sold out or not."""
        return list(ids_in(reduce(or_, (part.sizes for part in self.parts), 0)))

    @property
    def colour_ids(self) -> list[int]:
        """All colours."""
        return list(ids_in(reduce(or_, (part.colour for part in self.parts), 0)))

    @property
    def weight(self) -> int:
        """How much there is to remember."""
        return len(self.parts) + sum(len(alike.brands) for alike in self.alike)


@dataclass
class Tally:
    """Numbers of products by what they fulfil: sets of ids first, since many products fulfil the same."""

    size: Numbers = field(default_factory=lambda: defaultdict(int))
    colour: Numbers = field(default_factory=lambda: defaultdict(int))
    preset: Numbers = field(default_factory=lambda: defaultdict(int))
    brand: Numbers = field(default_factory=lambda: defaultdict(int))
    total: int = 0

    def add(self, here: Fulfilled, alike: Alike, asked: frozenset[int] | None) -> None:
        """Count products of one assortment."""
        number = alike.number
        if asked is not None:
            number = sum(of_brand for brand, of_brand in alike.brands.items() if brand in asked)
        self.size[here.sizes] += number
        self.colour[here.colours] += number
        self.preset[here.presets] += number
        if here.is_match:
            self.total += number
        for brand, of_brand in alike.brands.items():
            self.brand[brand] += of_brand if here.is_match else 0


def facets(scope: Scope, wants: Wants) -> Facets:
    """Every value there is in this part of the shop with its count, and how many products match everything."""
    return _facets(scope, replace(wants, sort="recommended"))


@kept_by_stamp(most=256)
def _facets(scope: Scope, wants: Wants) -> Facets:
    goods = _goods(scope)
    tally, presets = _tally(goods, wants), enumerate(PRESETS)
    sizes = dict.fromkeys(goods.size_ids, 0) | _by_id(tally.size)
    colours = dict.fromkeys(goods.colour_ids, 0) | _by_id(tally.colour)
    counts = _by_id(tally.preset)
    return Facets(
        size=_values("size", sizes, wants.size),
        colour=_values("colour", colours, wants.colour),
        brand=_values("brand", tally.brand, wants.brand),
        price=[PricePreset(*ends, counts.get(place, 0), ends == (wants.low, wants.high)) for place, ends in presets],
        total=tally.total,
    )


def counts_of(scope: Scope, several: Sequence[Wants]) -> list[int]:
    """How many products match each of several wants."""
    goods = _goods(scope)
    return [_tally(goods, wants).total for wants in several]


@kept_by_stamp(most=MOST_KEPT, weigh=lambda goods: goods.weight)
def _goods(scope: Scope) -> Goods:
    table = ListingAssortment
    groups = select(table.offers, table.brand_id, func.count()).where(within(scope, table))
    found: dict[str, dict[int, int]] = {}
    for offers, brand_id, number in db.session.execute(groups.group_by(table.offers, table.brand_id)).all():
        found.setdefault(offers, {})[brand_id] = number
    place_of = {part: place for place, part in enumerate({part for offers in found for part in offers.split(" ")})}
    return Goods(
        [
            Alike([place_of[part] for part in offers.split(" ")], sum(brands.values()), brands)
            for offers, brands in found.items()
        ],
        [parsed(part) for part in place_of],
    )


def _tally(goods: Goods, wants: Wants) -> Tally:
    """Each part is looked at once, however many assortments it is in."""
    tally, chosen, brands = Tally(), _chosen(wants), ids_of("brand", wants.brand)
    known = [fulfilled(part, chosen) for part in goods.parts]
    for alike in goods.alike:
        tally.add(joined([known[place] for place in alike.places]), alike, brands)
    return tally


def _chosen(wants: Wants) -> Chosen:
    sizes, colours = ids_of("size", wants.size), ids_of("colour", wants.colour)
    return Chosen(
        None if sizes is None else set_of(sizes),
        None if colours is None else set_of(colours),
        (wants.low or 0) * 100,
        None if wants.high is None else (wants.high + 1) * 100,
    )


def _by_id(counts: Mapping[int, int]) -> Numbers:
    found: Numbers = defaultdict(int)
    for ids, number in counts.items():
        for id_ in ids_in(ids):
            found[id_] += number
    return found


def _values(facet: str, counts: Mapping[int, int], chosen: Sequence[str]) -> list[FacetValue]:
    there = [(all_values()[facet][id_], number) for id_, number in counts.items()]
    return [
        FacetValue(value.slug, value.label, number, value.slug in chosen, value.hex)
        for value, number in sorted(there, key=lambda pair: pair[0].order)
    ]
