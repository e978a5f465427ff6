"""Changes a product's own values, and keeps the listing true in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Product
from shop.lib.clock import now
from shop.merchandising.errors import ChangedMeanwhile
from shop.merchandising.products.fields import SHELF, SLUG, ProductFields, values_of, version_of
from shop.merchandising.products.publishing import forget_past, place
from shop.merchandising.products.rules import NAMES, check_tax_class, hold_named
from shop.merchandising.products.slugs import give_slug
from shop.merchandising.rules import check_mrp
from shop.merchandising.services import list_again, lock, lock_product


def edit_product(product_id: int, said: ProductFields, seen_version: str) -> Product:
    """Change a product, if it is still what the person saw. Raises what `change_product` raises."""
    return change_product(product_id, values_of(said), seen_version)


def change_product(product_id: int, values: Mapping[str, Any], seen_version: str | None = None) -> Product:
    """Change some of a product's `ProductFields`; with a version only if it is still what somebody saw.

    Raises AddressTaken, BadAddress, BadMoment, ChangedMeanwhile, PriceRefused, NotReady, NotDescribed, WrongFields,
    NotFound.
    """
    hold_named(values)
    check_tax_class(values)
    product = lock_product(product_id)
    if seen_version is not None and version_of(product) != seen_version:
        raise ChangedMeanwhile("somebody else saved this product")
    _check_mrp(product, values)
    write(product, values)
    list_again(product)
    return product


def put_back_product(product_id: int, values: Mapping[str, Any]) -> None:
    """Give columns of a product, deleted or not, the values they had before.

    What it names has to be there. Raises AddressTaken, PriceRefused, WrongFields, NotFound.
    """
    product = lock(select(Product).where(Product.id == product_id))
    if values.get("deleted_at", product.deleted_at) is None:
        hold_named({name: values.get(name, getattr(product, name)) for name in NAMES})
    _check_mrp(product, values)
    for name, value in values.items():
        give_slug(product, value) if name == SLUG else setattr(product, name, value)
    forget_past(product)
    list_again(product)


def write(product: Product, values: Mapping[str, Any]) -> None:
    """Set values of `ProductFields`. Raises AddressTaken, BadAddress, BadMoment, NotReady, NotDescribed."""
    for name, value in values.items():
        if name == SLUG:
            give_slug(product, value)
        elif name == "is_featured":
            product.featured_at = (product.featured_at or now()) if value else None
        elif name not in SHELF:
            setattr(product, name, value)
    if values.keys() & set(SHELF):
        at = values.get("publish_at", product.publish_at)
        place(product, is_published=values.get("is_published", product.published_at is not None), at=at)


def _check_mrp(product: Product, values: Mapping[str, Any]) -> None:
    prices = [variant.price for variant in product.variants if variant.retired_at is None]
    check_mrp(values.get("mrp", product.mrp), prices)
