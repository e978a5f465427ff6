"""When products come on the shelf: at once, or at a moment the owner set, by the clock."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.catalog.models import Product
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.queries import rows
from shop.merchandising.products.errors import BadMoment
from shop.merchandising.products.rules import check_ready
from shop.merchandising.relisting import relist_now


def place(product: Product, *, is_published: bool, at: datetime | None) -> None:
    """Show a product from now on, from a moment on (in whole minutes), or hide it.

    Raises BadMoment, and NotReady or NotDescribed for what is not ready for the shelf.
    """
    moment = at.astimezone(UTC).replace(second=0, microsecond=0) if at else None
    if moment is not None and moment != product.publish_at:
        _check_moment(moment, is_published)
        check_ready(product)
    elif is_published and product.published_at is None:
        check_ready(product)
    if is_published:
        product.published_at, product.publish_at = product.published_at or now(), None
    else:
        product.published_at, product.publish_at = None, moment


def publish_due() -> None:
    """Put on the shelf what is due and ready; what is not waits until it is, and its page says for what."""
    due = select(Product).where(
        Product.publish_at <= now(), Product.published_at.is_(None), Product.deleted_at.is_(None)
    )
    # Whoever takes a schedule back at this moment comes before or after: these rows are as they stand once held.
    held = due.order_by(Product.id).with_for_update(of=Product).execution_options(populate_existing=True)
    found = rows(held.options(selectinload(Product.pictures), selectinload(Product.variants)))
    ready = [product for product in found if not lacking(product)]
    for product in ready:
        place(product, is_published=True, at=None)
    if ready:
        relist_now([product.id for product in ready])


def lacking(product: Product) -> str:
    """Why a product cannot stand on the shelf yet; empty for one that can."""
    try:
        check_ready(product)
    except ShopError as error:
        return str(error)
    return ""


def forget_past(product: Product) -> None:
    """Drop a moment that is over, so that a product that is put back as it was does not appear by itself."""
    if product.published_at is not None or (product.publish_at is not None and product.publish_at <= now()):
        product.publish_at = None


def _check_moment(moment: datetime, is_published: bool) -> None:
    if is_published:
        raise BadMoment("It is to stand on the shelf now: leave this empty, or take it off the shelf until then.")
    if moment <= now():
        raise BadMoment("Choose a moment that is still to come.")
