"""What listings and prices say against what they are made of."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select

from shop.catalog.assortments import assortment
from shop.catalog.models import ListingAssortment, ListingOffer, ListingRow, SaleSchedule, Variant
from shop.catalog.size_runs import broken_styles
from shop.extensions import db

AT_ONCE = 5000


def size_runs_that_differ_from_offers() -> list[str]:
    """Products that are ranked as whole while their core sizes are sold out, or the other way round."""
    broken = broken_styles()
    is_broken = ListingRow.product_id.in_(select(broken.c.product_id))
    wrong = select(ListingRow.product_id).where(ListingRow.has_core_sizes == is_broken)
    return [f"product {id}: its core sizes are told wrongly" for id in db.session.scalars(wrong)]


def assortments_that_differ_from_offers() -> list[str]:
    """Products whose assortment says something else than their offers."""
    texts = select(ListingAssortment.product_id, ListingAssortment.offers)
    listed = dict(db.session.execute(texts).all())
    columns = (ListingOffer.colour_id, ListingOffer.size_id, ListingOffer.price, ListingOffer.in_stock)
    offers = db.session.execute(
        select(ListingOffer.product_id, *columns).order_by(ListingOffer.product_id).execution_options(yield_per=AT_ONCE)
    )
    wrong = []
    for product_id, found in groupby(offers, key=lambda offer: offer.product_id):
        if listed.pop(product_id, None) != assortment((o.colour_id, o.size_id, o.price, o.in_stock) for o in found):
            wrong.append(product_id)
    return [f"product {product_id}: its assortment is not that of its offers" for product_id in (*wrong, *listed)]


def sales_that_differ_from_prices() -> list[str]:
    """Sales that run while their variant has another sale price, or none."""
    running = select(SaleSchedule.id).join(SaleSchedule.variant).where(SaleSchedule.started_at.is_not(None))
    running = running.where(SaleSchedule.ended_at.is_(None))
    wrong = running.where(Variant.sale_price.is_distinct_from(SaleSchedule.sale_price)).order_by(SaleSchedule.id)
    return [f"sale {id}: its variant has another price" for id in db.session.scalars(wrong)]
