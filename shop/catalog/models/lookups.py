"""Brands, occasions, product types, categories, colours and sizes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import audited
from shop.lib.columns import Id
from shop.lib.stamp import shown


@shown
@audited()
class Brand(Model):
    __tablename__ = "brand"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")


@audited()
class Occasion(Model):
    __tablename__ = "occasion"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


@shown
@audited()
class ProductType(Model):
    """A kind of garment. `size_table` is {"columns": [...], "rows": [[...]], "note": ""} in centimetres."""

    __tablename__ = "product_type"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    size_table: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def whole_size_table(self) -> dict[str, Any]:
        """The size table with all its parts, whatever was kept."""
        return {"columns": [], "rows": [], "note": ""} | (self.size_table or {})


@shown
@audited()
class Category(Model):
    """A node of the tree. `path` is the slugs from the root joined by "/", and starts every descendant's path."""

    __tablename__ = "category"

    id: Mapped[Id]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    path: Mapped[str] = mapped_column(String(300), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)


@shown
@audited()
class Colour(Model):
    """A named colour; `hex` is the swatch."""

    __tablename__ = "colour"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    hex: Mapped[str] = mapped_column(String(7))
    position: Mapped[int] = mapped_column(default=0)


@shown
@audited()
class Size(Model):
    """A size of one system: letter, waist (inches) or age (years)."""

    __tablename__ = "size"
    __table_args__ = (UniqueConstraint("system", "label"),)

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(20), unique=True)
    system: Mapped[str] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
