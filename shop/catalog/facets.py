"""The values of each facet and how many products they would show; a facet's counts ignore its own choice.

The database counts products by assortment and brand, and here is found out what one assortment fulfils: that reads a
narrow row for each product instead of one for each variant, and no product twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select

from shop.catalog.assortments import Chosen, Fulfilled, Ids, fulfilled
from shop.catalog.models import ListingAssortment
from shop.catalog.scopes import within
from shop.catalog.values import all_values, ids_of
from shop.catalog.wants import PRESETS, Facets, FacetValue, PricePreset, Scope, Wants
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

Alike = dict[str, list[tuple[int, int]]]
V = TypeVar("V")


@dataclass
class Tally:
    """Numbers of products by value: ids of sizes and colours as the assortments have them."""

    size: Counter[str] = field(default_factory=Counter)
    colour: Counter[str] = field(default_factory=Counter)
    brand: Counter[int] = field(default_factory=Counter)
    preset: Counter[int] = field(default_factory=Counter)
    total: int = 0

    def add(self, here: Fulfilled, of_brands: list[tuple[int, int]], asked: frozenset[int] | None) -> None:
        """Count products of one assortment; a value that is there but does not fit counts 0."""
        number = sum(of_brand for brand, of_brand in of_brands if asked is None or brand in asked)
        self.total += number if here.is_match else 0
        _add(self.size, here.sizes, number)
        _add(self.colour, here.colours, number)
        _add(self.preset, here.presets, number)
        for brand, of_brand in of_brands:
            _add(self.brand, {brand: here.is_match}, of_brand)


@kept_by_stamp(most=256)
def facets(scope: Scope, wants: Wants) -> Facets:
    """Every value there is in this part of the shop with its count, and how many products match everything."""
    tally = _tally(_alike(scope), wants)
    presets = enumerate(PRESETS)
    return Facets(
        size=_values("size", tally.size, wants.size),
        colour=_values("colour", tally.colour, wants.colour),
        brand=_values("brand", tally.brand, wants.brand),
        price=[PricePreset(*ends, tally.preset[place], ends == (wants.low, wants.high)) for place, ends in presets],
        total=tally.total,
    )


@kept_by_stamp(most=256)
def counts_of(scope: Scope, several: tuple[Wants, ...]) -> list[int]:
    """How many products match each of several wants, in one statement."""
    alike = _alike(scope)
    return [_tally(alike, wants).total for wants in several]


def _alike(scope: Scope) -> Alike:
    """The products of a scope by assortment: how many there are of each brand."""
    table = ListingAssortment
    groups = select(table.offers, table.brand_id, func.count()).where(within(scope, table))
    found: Alike = {}
    for offers, brand_id, number in db.session.execute(groups.group_by(table.offers, table.brand_id)):
        found.setdefault(offers, []).append((brand_id, number))
    return found


def _tally(alike: Alike, wants: Wants) -> Tally:
    tally, chosen, brands = Tally(), _chosen(wants), ids_of("brand", wants.brand)
    for offers, of_brands in alike.items():
        tally.add(fulfilled(offers, chosen), of_brands, brands)
    return tally


def _chosen(wants: Wants) -> Chosen:
    high = None if wants.high is None else (wants.high + 1) * 100
    return Chosen(_texts("size", wants.size), _texts("colour", wants.colour), (wants.low or 0) * 100, high)


def _texts(facet: str, slugs: Sequence[str]) -> Ids:
    ids = ids_of(facet, slugs)
    return None if ids is None else frozenset(map(str, ids))


def _add(counts: Counter[V], values: Mapping[V, bool], number: int) -> None:
    for value, fits in values.items():
        counts[value] += number if fits else 0


def _values(facet: str, counts: Mapping[Any, int], chosen: Sequence[str]) -> list[FacetValue]:
    there = [(all_values()[facet][int(id_)], number) for id_, number in counts.items()]
    return [
        FacetValue(value.slug, value.label, number, value.slug in chosen, value.hex)
        for value, number in sorted(there, key=lambda pair: pair[0].order)
    ]
