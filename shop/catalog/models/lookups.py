"""Brands, occasions, product types, categories, colours and sizes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import LEFT_OUT, audited
from shop.lib.columns import Id, UtcDateTime
from shop.lib.files.columns import PictureColumn
from shop.lib.files.kinds import BRAND_LOGO, CATEGORY_PICTURE, SIZE_CHART, TYPE_PICTURE, StoredPicture
from shop.lib.stamp import shown

THERE = "deleted_at IS NULL"
LONGEST_NAME = 80
LONGEST_SLUG = 80
LONGEST_PATH = 300


class Garment(StrEnum):
    """Which part of a person a product type dresses; their own sizes are kept for each (upper, lower, …)."""

    UPPER = "upper"
    LOWER = "lower"
    DRESS = "dress"
    FOOTWEAR = "footwear"
    ACCESSORY = "accessory"


def folded(name: str) -> str:
    """A name as it is compared with others: without regard to case."""
    return name.casefold()


def unique_there(name: str, *columns: str, also: str = "") -> Index:
    """A key that only rows have that are not deleted, so that what is deleted gives its name and slug free."""
    where = text(f"{THERE}{also}")
    return Index(name, *columns, unique=True, postgresql_where=where, sqlite_where=where)


def _folded_name(context: DefaultExecutionContext) -> str:
    return folded(context.get_current_parameters()["name"])  # type: ignore[no-untyped-call]


class Named:
    """What products are sorted by. `folded` is the name as others are compared with; it changes with the name.

    A deleted row stays for the deleted products that name it.
    """

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    folded: Mapped[str] = mapped_column(String(3 * LONGEST_NAME), default=_folded_name, info=LEFT_OUT)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        table: str = cls.__tablename__  # type: ignore[attr-defined]
        return unique_there(f"uq_{table}_slug", "slug"), unique_there(f"uq_{table}_folded", "folded")


@shown
@audited()
class Brand(Named, Model):
    """Who makes it. One that is not active has no products on listings."""

    __tablename__ = "brand"

    description: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    logo: Mapped[StoredPicture | None] = mapped_column(PictureColumn(BRAND_LOGO), info=LEFT_OUT)


@shown
@audited()
class Occasion(Named, Model):
    __tablename__ = "occasion"


@shown
@audited()
class ProductType(Named, Model):
    """A kind of garment. `size_table` is {"columns": [...], "rows": [[...]], "note": ""} in centimetres."""

    __tablename__ = "product_type"

    size_table: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    garment: Mapped[str] = mapped_column(String(12), default=Garment.UPPER)
    thumbnail: Mapped[StoredPicture | None] = mapped_column(PictureColumn(TYPE_PICTURE), info=LEFT_OUT)
    chart: Mapped[StoredPicture | None] = mapped_column(PictureColumn(SIZE_CHART), info=LEFT_OUT)


@shown
@audited()
class Category(Named, Model):
    """A node of the tree. `path` is the slugs from the root joined by "/", and starts every descendant's path.

    Names are unique below one parent. One that is not active hides its whole branch.
    """

    __tablename__ = "category"
    __table_args__ = (
        unique_there("uq_category_slug", "slug"),
        unique_there("uq_category_path", "path"),
        unique_there("uq_category_parent_id_folded", "parent_id", "folded", also=" AND parent_id IS NOT NULL"),
        unique_there("uq_category_folded", "folded", also=" AND parent_id IS NULL"),
    )

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), info=LEFT_OUT)
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    picture: Mapped[StoredPicture | None] = mapped_column(PictureColumn(CATEGORY_PICTURE), info=LEFT_OUT)


@shown
@audited()
class Colour(Named, Model):
    """A named colour; `hex` is the swatch."""

    __tablename__ = "colour"

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
