"""The values of facets there are, by id: what is asked for by a word in an address, and how it is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from shop.catalog.models import Attribute, AttributeValue, Brand, Colour, Occasion, ProductType, Size
from shop.catalog.wants import BANDS, FACETS, Wants
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

IN_STOCK = 1


@dataclass(frozen=True)
class Value:
    """A value of a facet; `grouped` is a size's system, a type's garment or what an attribute is called."""

    slug: str
    label: str
    grouped: str = ""
    position: int = 0
    hex: str = ""

    @property
    def name(self) -> str:
        """How it is called where its facet is not: what is regular is said."""
        return f"{self.grouped}: {self.label}" if ":" in self.slug else self.label

    @property
    def order(self) -> tuple[bool, str, int, str]:
        """Letters before numbers, attributes by their names, then as the owner sorted them."""
        return (self.grouped != "letter", self.grouped, self.position, self.label)


FIXED = {
    "discount": {band: Value(str(band), f"{band}% and more", position=band) for band in BANDS},
    "stock": {IN_STOCK: Value("in", "In stock")},
}


@kept_by_stamp(most=1)
def all_values() -> dict[str, dict[int, Value]]:
    """Every value by facet and id, in one statement."""
    found: dict[str, dict[int, Value]] = {facet: dict(FIXED.get(facet, {})) for facet in FACETS}
    for facet, id_, *shown in db.session.execute(_asked()).all():
        found[facet][id_] = Value(*shown)
    return found


def _asked() -> Any:
    none: Any = literal("")
    of_attribute = select(
        literal("attributes"), AttributeValue.id, Attribute.slug + ":" + AttributeValue.slug, AttributeValue.label,
        Attribute.name, literal(0), none,
    )  # fmt: skip
    return union_all(
        select(literal("size"), Size.id, Size.slug, Size.label, Size.system, Size.position, none),
        _there(Colour, "colour", position=Colour.position, hex=Colour.hex),
        _there(Brand, "brand"),
        _there(Occasion, "occasion"),
        _there(ProductType, "type", grouped=ProductType.garment),
        of_attribute.join(Attribute, Attribute.id == AttributeValue.attribute_id),
    )


def _there(model: Any, facet: str, *, grouped: Any = None, position: Any = None, hex: Any = None) -> Select[Any]:
    none: Any = literal("")
    shown = [none if grouped is None else grouped, literal(0) if position is None else position]
    named = select(literal(facet), model.id, model.slug, model.name, *shown, none if hex is None else hex)
    return named.where(model.deleted_at.is_(None))


def known(wants: Wants) -> tuple[Wants, dict[tuple[str, str], str]]:
    """The wants without values nobody knows, and the names of the others by (facet, value)."""
    names: dict[tuple[str, str], str] = {}
    for facet in FACETS:
        if chosen := getattr(wants, facet):
            there = {value.slug: value.name for value in all_values()[facet].values() if value.slug in chosen}
            names |= {(facet, slug): label for slug, label in there.items()}
            wants = wants.only(facet, [slug for slug in chosen if slug in there])
    if wants.mine:
        labels = _sizes_named(wants.mine)
        names |= {("mine", saved): label for saved, label in labels.items()}
        wants = wants.only("mine", labels)
    return wants, names


def _sizes_named(mine: Iterable[str]) -> dict[str, str]:
    """What saved sizes are called; without those that name no garment or no size."""
    labels = {value.slug: value.label for value in all_values()["size"].values()}
    garments = {value.grouped for value in all_values()["type"].values()}
    split = [(saved, *saved.split(":", 1)) for saved in mine if ":" in saved]
    return {saved: labels[slug] for saved, garment, slug in split if garment in garments and slug in labels}


def ids_of(facet: str, slugs: Collection[str]) -> frozenset[int] | None:
    """The ids of chosen values; None where nothing was chosen."""
    if not slugs:
        return None
    return frozenset(id_ for id_, value in all_values()[facet].items() if value.slug in slugs)


def called(facet: str, said: str) -> tuple[str, ...]:
    """The values somebody means who says a name or its part of an address, without regard to case."""
    name = said.strip().casefold()
    return tuple(value.slug for value in all_values()[facet].values() if name in (value.slug, value.label.casefold()))


def attributes_of(slugs: Collection[str]) -> dict[str, frozenset[int]]:
    """The ids of chosen values by attribute: its name in addresses, `fit`."""
    return {name: ids_of("attributes", chosen) or frozenset() for name, chosen in _by_prefix(slugs).items()}


def garment_of(product_type_id: int) -> str:
    """What a type of product dresses; "" for one nobody knows."""
    kind = all_values()["type"].get(product_type_id)
    return kind.grouped if kind else ""


def saved_sizes(mine: Collection[str]) -> dict[str, frozenset[int]]:
    """The ids of saved sizes by garment."""
    by_garment = {garment: [one.split(":", 1)[1] for one in saved] for garment, saved in _by_prefix(mine).items()}
    return {garment: ids_of("size", slugs) or frozenset() for garment, slugs in by_garment.items()}


def _by_prefix(texts: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        found[text.partition(":")[0]].append(text)
    return found
