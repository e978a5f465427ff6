"""The sizes, colours and brands there are, by id: what facets call their values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all

from shop.catalog.models import Brand, Colour, Size
from shop.catalog.wants import FACETS, Wants
from shop.extensions import db
from shop.lib.kept import kept_by_stamp


@dataclass(frozen=True)
class Value:
    """A value of a facet; `grouped` is a size's system."""

    slug: str
    label: str
    grouped: str
    position: int
    hex: str

    @property
    def order(self) -> tuple[bool, str, int, str]:
        """Letters before numbers, then as the owner sorted them."""
        return (self.grouped != "letter", self.grouped, self.position, self.label)


@kept_by_stamp(most=1)
def all_values() -> dict[str, dict[int, Value]]:
    """Every value by facet and id, in one statement."""
    none: Any = literal("")
    asked = union_all(
        select(literal("size"), Size.id, Size.slug, Size.label, Size.system, Size.position, none),
        select(literal("colour"), Colour.id, Colour.slug, Colour.name, none, Colour.position, Colour.hex).where(
            Colour.deleted_at.is_(None)
        ),
        select(literal("brand"), Brand.id, Brand.slug, Brand.name, none, literal(0), none).where(
            Brand.deleted_at.is_(None)
        ),
    )
    found: dict[str, dict[int, Value]] = {facet: {} for facet in FACETS}
    for facet, id_, *shown in db.session.execute(asked).all():
        found[facet][id_] = Value(*shown)
    return found


def known(wants: Wants) -> tuple[Wants, dict[tuple[str, str], str]]:
    """The wants without values nobody knows, and the names of the others by (facet, slug)."""
    names: dict[tuple[str, str], str] = {}
    for facet in FACETS:
        if slugs := getattr(wants, facet):
            there = {value.slug: value.label for value in all_values()[facet].values() if value.slug in slugs}
            names |= {(facet, slug): label for slug, label in there.items()}
            wants = wants.only(facet, [slug for slug in slugs if slug in there])
    return wants, names


def ids_of(facet: str, slugs: Collection[str]) -> frozenset[int] | None:
    """The ids of chosen values; None where nothing was chosen."""
    if not slugs:
        return None
    return frozenset(id_ for id_, value in all_values()[facet].items() if value.slug in slugs)
