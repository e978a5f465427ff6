"""Reads of what products are sorted by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, or_, select

from shop.catalog.models import Brand, Colour, Occasion, ProductType


def brands(name: str | None = None, part: str | None = None) -> Select[Brand]:
    """Brands by name; only the one with this name, or those with this part in it, without regard to case."""
    return _named(select(Brand), Brand.name, name, part).order_by(Brand.name, Brand.id)


def brand(brand_id: int) -> Select[Brand]:
    """The brand with an id."""
    return select(Brand).where(Brand.id == brand_id)


def occasions(name: str | None = None, part: str | None = None) -> Select[Occasion]:
    """Occasions by name; only the one with this name, or those with this part in it, without regard to case."""
    return _named(select(Occasion), Occasion.name, name, part).order_by(Occasion.name, Occasion.id)


def occasion(occasion_id: int) -> Select[Occasion]:
    """The occasion with an id."""
    return select(Occasion).where(Occasion.id == occasion_id)


def product_types() -> Select[ProductType]:
    """Kinds of garments by name."""
    return select(ProductType).order_by(ProductType.name, ProductType.id)


def product_type(type_id: int) -> Select[ProductType]:
    """The kind of garment with an id."""
    return select(ProductType).where(ProductType.id == type_id)


def colours_called(word: str) -> Select[Colour]:
    """Colours with this slug or name, without regard to case."""
    said = word.strip().lower()
    return select(Colour).where(or_(Colour.slug == said, func.lower(Colour.name) == said))


def _named(found: Select[Any], column: Any, exactly: str | None, part: str | None) -> Select[Any]:
    if exactly:
        found = found.where(func.lower(column) == exactly.lower())
    return found.where(column.icontains(part, autoescape=True)) if part else found
