"""What the owner does with sales that have a time: plans them and cancels them.

Of two who plan for the same product the second waits for the product's row, and then sees what the first one planned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from shop.catalog.models import Product, SaleSchedule, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.queries import rows
from shop.merchandising.rules import check_prices
from shop.merchandising.sales.clock import begin, end
from shop.merchandising.sales.errors import BadTimes, NothingChosen, Overlapping, SaleOver
from shop.merchandising.sales.prices import SalePrice, amount_of
from shop.merchandising.services import list_again, lock_product
from shop.store.formats import moment as in_words


@dataclass(frozen=True)
class Sale:
    """A sale of some variants: from now on, or from a later moment; without an end until somebody ends it."""

    variant_ids: Collection[int]
    price: SalePrice
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def schedule_sale(product_id: int, sale: Sale) -> list[SaleSchedule]:
    """Plan a sale, and begin it if its time has come.

    Raises NothingChosen, BadTimes, PriceRefused, Overlapping, NotFound.
    """
    product, moment = lock_product(product_id), now()
    chosen = [one for one in product.variants if one.id in sale.variant_ids and one.retired_at is None]
    starts_at = max(sale.starts_at or moment, moment)
    if not chosen:
        raise NothingChosen
    if sale.ends_at and sale.ends_at <= starts_at:
        raise BadTimes
    _check_free([one.id for one in chosen], starts_at, sale.ends_at)
    planned = [_planned(product, variant, sale, starts_at) for variant in chosen]
    if starts_at <= moment:
        _begin_now(product, planned, moment)
    return planned


def cancel_sales(product_id: int, schedule_ids: Collection[int]) -> None:
    """Take planned sales away, and those that were not begun; end running ones. What is over stays. Raises NotFound."""
    product, moment = lock_product(product_id), now()
    mine = select(SaleSchedule).join(SaleSchedule.variant).where(Variant.product_id == product_id)
    named = mine.where(SaleSchedule.id.in_(schedule_ids)).order_by(SaleSchedule.id)
    found = rows(named.options(joinedload(SaleSchedule.variant)).execution_options(populate_existing=True))
    if not found:
        raise NotFound
    for schedule in found:
        if schedule.is_running:
            end(schedule, moment)
        elif schedule.started_at is None:
            db.session.delete(schedule)
    list_again(product)


def hold(schedule_id: int) -> None:
    """Take what everyone takes before a sale that is there: its product. Raises NotFound."""
    theirs = select(Variant.product_id).join(SaleSchedule).where(SaleSchedule.id == schedule_id)
    if product_id := db.session.scalar(theirs):
        lock_product(product_id)


def cancel_sale(schedule: SaleSchedule) -> None:
    """Cancel one sale; one that somebody ended before its time is cancelled. Raises SaleOver."""
    if schedule.ended_at and schedule.ends_at and schedule.ended_at >= schedule.ends_at:
        raise SaleOver
    cancel_sales(schedule.variant.product_id, [schedule.id])


def schedule_again(values: dict[str, Any]) -> None:
    """Plan a sale that was taken away. Raises what `schedule_sale` raises."""
    product_id = db.session.scalar(select(Variant.product_id).where(Variant.id == values["variant_id"]))
    times = values["starts_at"], values.get("ends_at")
    schedule_sale(product_id or 0, Sale([values["variant_id"]], values["sale_price"], *times))


def _planned(product: Product, variant: Variant, sale: Sale, starts_at: datetime) -> SaleSchedule:
    price = amount_of(sale.price, variant.price)
    check_prices(product.mrp, variant.price, price, "price")
    schedule = SaleSchedule(variant=variant, sale_price=price, starts_at=starts_at, ends_at=sale.ends_at)
    db.session.add(schedule)
    return schedule


def _begin_now(product: Product, planned: Iterable[SaleSchedule], moment: datetime) -> None:
    for schedule in planned:
        begin(schedule, moment)
    list_again(product)


def _check_free(variant_ids: Sequence[int], starts_at: datetime, ends_at: datetime | None) -> None:
    there = select(SaleSchedule).where(SaleSchedule.variant_id.in_(variant_ids), SaleSchedule.ended_at.is_(None))
    there = there.where(or_(SaleSchedule.ends_at.is_(None), SaleSchedule.ends_at > starts_at))
    there = there.where(SaleSchedule.starts_at < ends_at) if ends_at else there
    for other in rows(there.order_by(SaleSchedule.starts_at, SaleSchedule.id).limit(1)):
        until = f" to {in_words(other.ends_at)}" if other.ends_at else " on, without an end"
        name = f"{other.variant.colour.name}, {other.variant.size.label}"
        raise Overlapping(f"{name} has a sale from {in_words(other.starts_at)}{until}. Cancel that one first.")
