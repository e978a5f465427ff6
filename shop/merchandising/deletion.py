"""Takes products out of the shop: off listings, bags and wishlists. Their rows stay for orders, and for undoing."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from shop.cart.services import drop_products
from shop.catalog import listing
from shop.catalog.models import Product
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.queries import rows

CHUNK = 500


def delete_products(named: ColumnElement[bool]) -> int:
    """Delete the products of a condition that are not deleted yet; how many there were."""
    number = 0
    while chunk := _locked(named):
        _take_away(chunk)
        number += len(chunk)
    return number


def delete_product(product_id: int) -> None:
    """Delete one product. Raises NotFound where there is none, or not any more."""
    if not delete_products(Product.id == product_id):
        raise NotFound


def _locked(named: ColumnElement[bool]) -> list[Product]:
    """The next products, held in the order in which everyone holds them."""
    wanted = select(Product).where(Product.deleted_at.is_(None), named).order_by(Product.id).limit(CHUNK)
    return rows(wanted.with_for_update(of=Product, key_share=True).execution_options(populate_existing=True))


def _take_away(products: list[Product]) -> None:
    moment, ids = now(), [product.id for product in products]
    for product in products:
        product.deleted_at = moment
    db.session.flush()
    drop_products(ids)
    listing.rebuild(ids, {})
