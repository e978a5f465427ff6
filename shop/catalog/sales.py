"""Keeps planned sales true to the price that stands there: one whose price somebody replaced is over."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select, update

from shop.catalog.models import SaleSchedule, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.queries import one_or_none


def end_replaced(product_ids: Collection[int]) -> None:
    """End the running sales of these products whose price is no longer the variant's sale price.

    Whoever changes a sale price by hand ends the sale: found here, because everybody who does comes by to list again.
    """
    stands = select(Variant.sale_price).where(Variant.id == SaleSchedule.variant_id).scalar_subquery()
    theirs = select(Variant.id).where(Variant.product_id.in_(product_ids))
    runs = SaleSchedule.started_at.is_not(None), SaleSchedule.ended_at.is_(None)
    replaced = SaleSchedule.variant_id.in_(theirs), SaleSchedule.sale_price.is_distinct_from(stands)
    ended = update(SaleSchedule).values(ended_at=now()).where(*runs, *replaced)
    db.session.execute(ended, execution_options={"synchronize_session": False})


def go_on(variant: Variant) -> None:
    """Let the sale run on that somebody ended before its time by replacing its price, which is there again now."""
    last = select(SaleSchedule).where(SaleSchedule.variant_id == variant.id, SaleSchedule.started_at.is_not(None))
    schedule = one_or_none(last.order_by(SaleSchedule.started_at.desc(), SaleSchedule.id.desc()).limit(1).where(
        SaleSchedule.sale_price == variant.sale_price,
        or_(SaleSchedule.ends_at.is_(None), SaleSchedule.ended_at < SaleSchedule.ends_at),
    ))  # fmt: skip
    if schedule:
        schedule.ended_at = None
