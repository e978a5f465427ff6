"""What a product has to be before it is kept, and before it stands on the shelf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Brand, Category, Occasion, Product, ProductType
from shop.extensions import db
from shop.lib.errors import WrongFields
from shop.merchandising.pictures.rules import check_described
from shop.merchandising.products.errors import NotReady
from shop.pricing.queries import tax_classes
from shop.store.queries import store

NAMES: dict[str, Any] = {
    "brand_id": Brand, "category_id": Category, "occasion_id": Occasion, "product_type_id": ProductType
}  # fmt: skip


def hold_named(values: Mapping[str, Any]) -> None:
    """Keep the brand, category … that values name from being deleted until this unit ends. Raises WrongFields.

    They are taken before the product's row, as by whoever deletes one of them.
    """
    wrong = {}
    for name, model in NAMES.items():
        if values.get(name) is None:
            continue
        there = select(model.id).where(model.id == values[name], model.deleted_at.is_(None))
        if db.session.scalar(there.with_for_update(read=True, key_share=True)) is None:
            wrong[name] = "There is no such one any more."
    if wrong:
        raise WrongFields("Something the product is sorted by is not there.", wrong)


def check_tax_class(values: Mapping[str, Any]) -> None:
    """A class nobody knows the rate of could not be sold. Raises WrongFields."""
    known = tax_classes(store().country)
    if "tax_class" in values and values["tax_class"] not in known:
        raise WrongFields("No tax rate fits.", {"tax_class": f"Choose one of these: {', '.join(known)}."})


def check_pictured(product: Product | None) -> None:
    """Pictures are there, all described; what is yet to be made has none. Raises NotReady, NotDescribed."""
    if product is None or not product.pictures:
        raise NotReady("Add a picture before the product goes on the shelf.")
    check_described(product)


def check_ready(product: Product) -> None:
    """What stands on the shelf has described pictures and something to buy. Raises NotReady, NotDescribed."""
    check_pictured(product)
    if all(variant.retired_at is not None for variant in product.variants):
        raise NotReady("Add a colour and size before the product goes on the shelf.")
