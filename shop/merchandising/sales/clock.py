"""Begins and ends planned sales when their time comes, as if the owner did it then.

A product's row is taken before its sales are looked at, as by whoever changes its prices by hand: of the clock and a
hand the second sees what the first one did, and a sale that was ended by hand is not ended again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from shop.catalog.models import Product, SaleSchedule, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.errors import PriceRefused
from shop.merchandising.relisting import relist_now
from shop.merchandising.rules import check_prices

AT_ONCE = 50
MISSED = "Its time had passed when the shop could have begun it."


def turn_sales() -> None:
    """Begin and end what is due, some products at a time."""
    while turn_some():
        pass


def turn_some() -> bool:
    """Turn the sales of some products in a unit of their own; whether there were any."""
    with unit_of_work():
        moment = now()
        due = select(Variant.product_id).join(SaleSchedule).where(_is_due(moment)).distinct()
        ids = list(db.session.scalars(due.order_by(Variant.product_id).limit(AT_ONCE)))
        if ids:
            _turn(ids, moment)
        return bool(ids)


def begin(schedule: SaleSchedule, moment: datetime) -> None:
    """Give the variant its sale price, unless it is not below the price any more."""
    variant = schedule.variant
    try:
        check_prices(variant.product.mrp, variant.price, schedule.sale_price)
    except PriceRefused as error:
        schedule.refusal, schedule.ended_at = str(error), moment
        return
    variant.sale_price, schedule.started_at = schedule.sale_price, moment


def end(schedule: SaleSchedule, moment: datetime) -> None:
    """Take the sale price away again; of one that was never begun there is nothing to take."""
    if schedule.is_running:
        schedule.variant.sale_price = None
    else:
        schedule.refusal = MISSED
    schedule.ended_at = moment


def _turn(product_ids: Sequence[int], moment: datetime) -> None:
    """What ends at the moment at which something else begins comes first."""
    rows(select(Product).where(Product.id.in_(product_ids)).order_by(Product.id).with_for_update())
    theirs = select(SaleSchedule).join(SaleSchedule.variant).where(Variant.product_id.in_(product_ids))
    found = rows(theirs.where(_is_due(moment)).order_by(SaleSchedule.id).options(joinedload(SaleSchedule.variant)))
    over = [one for one in found if one.ends_at and one.ends_at <= moment]
    for schedule in over:
        end(schedule, moment)
    for schedule in (one for one in found if one not in over):
        begin(schedule, moment)
    relist_now(product_ids)


def _is_due(moment: datetime) -> ColumnElement[bool]:
    begins = and_(SaleSchedule.started_at.is_(None), SaleSchedule.starts_at <= moment)
    return and_(SaleSchedule.ended_at.is_(None), or_(begins, SaleSchedule.ends_at <= moment))
