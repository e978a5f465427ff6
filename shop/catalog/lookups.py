"""Reads of what products are sorted by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from shop.catalog.models import Brand


def brands(name: str | None = None, part: str | None = None) -> Select[Brand]:
    """Brands by name; only the one with this name, or those with this part in it, without regard to case."""
    return _named(select(Brand), Brand.name, name, part).order_by(Brand.name, Brand.id)


def brand(brand_id: int) -> Select[Brand]:
    """The brand with an id."""
    return select(Brand).where(Brand.id == brand_id)


def _named(found: Select[Any], column: Any, exactly: str | None, part: str | None) -> Select[Any]:
    if exactly:
        found = found.where(func.lower(column) == exactly.lower())
    return found.where(column.icontains(part, autoescape=True)) if part else found
