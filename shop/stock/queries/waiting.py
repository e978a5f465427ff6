"""Who waits for what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, select

from shop.catalog.models import Colour, Product, Size, Variant
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.stock.models import BackInStock

SIZE = (
    Variant.id.label("variant_id"), Product.name.label("product"), Product.slug, Colour.name.label("colour"),
    Colour.slug.label("colour_slug"), Size.label.label("size"), Size.slug.label("size_slug"),
)  # fmt: skip


def size_on_shelf(variant_id: int) -> Row[Any]:
    """A size as the page says it that asks to be told. Raises NotFound for what is not on the shelf."""
    found = db.session.execute(_named(select(*SIZE).select_from(Variant)).where(Variant.id == variant_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def waits_of(user_id: int) -> Select[*tuple[Any, ...]]:
    """What a person waits for, newest first."""
    columns = (BackInStock.id, BackInStock.created_at, *SIZE)
    mine = select(*columns).select_from(BackInStock).join(Variant, Variant.id == BackInStock.variant_id)
    mine = _named(mine).where(BackInStock.user_id == user_id, BackInStock.told_at.is_(None))
    return mine.order_by(BackInStock.id.desc())


def _named(variants: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    named = variants.join(Variant.product).join(Variant.colour).join(Variant.size)
    on_shelf = (Variant.retired_at.is_(None), Product.deleted_at.is_(None), Product.published_at.is_not(None))
    return named.where(*on_shelf)
