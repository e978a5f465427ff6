"""The products of a part of the shop as facets count them: those that are alike together.

The database counts products by assortment and traits: that reads a narrow row for each product instead of one for each
variant, and no product twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from sqlalchemy import func, select

from shop.catalog import traits
from shop.catalog.assortments import Part, ids_in, parsed
from shop.catalog.models import ListingAssortment
from shop.catalog.scopes import within
from shop.catalog.traits import FACET_OF, Traits
from shop.catalog.values import IN_STOCK, garment_of
from shop.catalog.wants import FACETS, Scope
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

MOST_KEPT = 20_000
Numbers = dict[int, int]


class Alike(NamedTuple):
    """Products of one assortment for one garment: the places of its parts, and how many there are by traits' place."""

    places: list[int]
    garment: str
    traits: dict[int, int]


@dataclass(frozen=True)
class Goods:
    """The products of a scope by assortment, and all parts and sets of traits of these."""

    alike: list[Alike]
    parts: list[Part]
    traits: list[Traits]

    @property
    def values(self) -> dict[str, Numbers]:
        """All values there are, sold out or not, with nothing counted yet."""
        found: dict[str, Numbers] = {facet: {} for facet in FACETS}
        found["size"] = dict.fromkeys(ids_in(reduce(or_, (part.sizes for part in self.parts), 0)), 0)
        found["colour"] = dict.fromkeys(ids_in(reduce(or_, (part.colour for part in self.parts), 0)), 0)
        found["stock"] = {IN_STOCK: 0} if self.parts else {}
        for trait in frozenset[str]().union(*self.traits):
            found[FACET_OF[trait[0]]][int(trait[1:])] = 0
        return found

    @property
    def weight(self) -> int:
        """How much there is to remember."""
        return len(self.parts) + sum(len(alike.traits) for alike in self.alike)


@kept_by_stamp(most=MOST_KEPT, weigh=lambda goods: goods.weight)
def goods_of(scope: Scope) -> Goods:
    """What there is in a part of the shop, with the offers and traits of its products."""
    table = ListingAssortment
    groups = select(table.offers, table.traits, func.count()).where(within(scope, table))
    found: dict[tuple[str, str], dict[int, int]] = {}
    trait_places: dict[str, int] = {}
    garments: list[str] = []
    for offers, text, number in db.session.execute(groups.group_by(table.offers, table.traits)).all():
        place = trait_places.setdefault(text, len(trait_places))
        if place == len(garments):
            garments.append(_garment(text))
        found.setdefault((offers, garments[place]), {})[place] = number
    places = {part: place for place, part in enumerate({part for offers, _ in found for part in offers.split(" ")})}
    return Goods(
        [
            Alike([places[part] for part in offers.split(" ")], garment, numbers)
            for (offers, garment), numbers in found.items()
        ],
        [parsed(part) for part in places],
        [traits.parsed(text) for text in trait_places],
    )


def _garment(text: str) -> str:
    return garment_of(traits.product_type_in(text))
