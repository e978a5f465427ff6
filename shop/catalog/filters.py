"""What is wanted of a listing's rows, as conditions: OR inside a facet, AND across them.

Size means in stock in that size, and with a colour the very same variant.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, or_, select

from shop.catalog.models import ListingOffer, ListingRow, ProductAttribute, ProductType
from shop.catalog.values import attributes_of, ids_of, saved_sizes
from shop.catalog.wants import Wants
from shop.lib.money import Money

COLUMNS = {"brand": ListingRow.brand_id, "type": ListingRow.product_type_id, "occasion": ListingRow.occasion_id}


def asked_of_rows(wants: Wants) -> Iterator[ColumnElement[bool]]:
    """The conditions on rows of the listing that match."""
    for facet, column in COLUMNS.items():
        ids = ids_of(facet, getattr(wants, facet))
        if ids is not None:
            yield column.in_(ids)
    if wants.discount:
        yield ListingRow.discount_percent >= min(ids_of("discount", wants.discount) or {0})
    for value_ids in attributes_of(wants.attributes).values():
        has_one = exists().where(ProductAttribute.product_id == ListingRow.product_id)
        yield has_one.where(ProductAttribute.value_id.in_(value_ids))
    offer = list(_asked_of_offer(wants))
    if offer:
        yield exists().where(ListingOffer.product_id == ListingRow.product_id, *offer)


def _asked_of_offer(wants: Wants) -> Iterator[ColumnElement[bool]]:
    """What is asked of one and the same variant."""
    sizes, colours = ids_of("size", wants.size), ids_of("colour", wants.colour)
    if sizes is not None:
        yield ListingOffer.size_id.in_(sizes)
    if wants.stock or sizes is not None:
        yield ListingOffer.in_stock.is_(True)
    if colours is not None:
        yield ListingOffer.colour_id.in_(colours)
    if wants.low is not None:
        yield ListingOffer.price >= Money(wants.low * 100)
    if wants.high is not None:
        yield ListingOffer.price < Money((wants.high + 1) * 100)
    if wants.mine:
        yield _is_mine(wants)


def _is_mine(wants: Wants) -> ColumnElement[bool]:
    """In stock in a saved size, or of a garment for which nobody saved one."""
    saved = saved_sizes(wants.mine)
    types = select(ProductType.id)
    fitting = (
        and_(
            ListingRow.product_type_id.in_(types.where(ProductType.garment == garment)),
            ListingOffer.size_id.in_(ids),
            ListingOffer.in_stock.is_(True),
        )
        for garment, ids in saved.items()
    )
    return or_(*fitting, ListingRow.product_type_id.in_(types.where(ProductType.garment.not_in(saved))))
