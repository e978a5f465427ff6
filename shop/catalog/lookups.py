"""Reads of what products are sorted by."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Select, or_, select

from shop.catalog.models import Brand, Category, Colour, Occasion, ProductType
from shop.catalog.models.lookups import folded

M = TypeVar("M", Brand, Occasion, ProductType, Category, Colour)


def there(model: type[M]) -> Select[M]:
    """Rows that are not deleted."""
    return select(model).where(model.deleted_at.is_(None))


def brands(name: str | None = None, part: str | None = None, *, resting: bool = False) -> Select[Brand]:
    """Active brands by name; only the one with this name, or those with this part in it, without regard to case.

    With `resting` also those that are not active.
    """
    found = there(Brand) if resting else there(Brand).where(Brand.active)
    return _named(found, Brand, name, part).order_by(Brand.name, Brand.id)


def brand(brand_id: int) -> Select[Brand]:
    """The brand with an id, active or not."""
    return there(Brand).where(Brand.id == brand_id)


def occasions(name: str | None = None, part: str | None = None) -> Select[Occasion]:
    """Occasions by name; only the one with this name, or those with this part in it, without regard to case."""
    return _named(there(Occasion), Occasion, name, part).order_by(Occasion.name, Occasion.id)


def occasion(occasion_id: int) -> Select[Occasion]:
    """The occasion with an id."""
    return there(Occasion).where(Occasion.id == occasion_id)


def product_types(name: str | None = None, part: str | None = None) -> Select[ProductType]:
    """Kinds of garments by name; only the one with this name, or those with this part in it, whatever the case."""
    return _named(there(ProductType), ProductType, name, part).order_by(ProductType.name, ProductType.id)


def product_type(type_id: int) -> Select[ProductType]:
    """The kind of garment with an id."""
    return there(ProductType).where(ProductType.id == type_id)


def colours_called(word: str) -> Select[Colour]:
    """Colours with this slug or name, without regard to case."""
    said = word.strip().lower()
    return there(Colour).where(or_(Colour.slug == said, Colour.folded == folded(said)))


def _named(found: Select[Any], model: Any, exactly: str | None, part: str | None) -> Select[Any]:
    if exactly:
        found = found.where(model.folded == folded(exactly))
    return found.where(model.folded.contains(folded(part), autoescape=True)) if part else found
