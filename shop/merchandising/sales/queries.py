"""A product's sales for its owner: what is planned, what runs, what was not begun, and the last that are over."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from shop.catalog.models import SaleSchedule, Variant
from shop.lib.money import Money
from shop.lib.queries import rows

MOST = 400
RUNNING, PLANNED, REFUSED, OVER = "running", "planned", "refused", "over"


@dataclass(frozen=True)
class ShownSale:
    """Variants that go on sale together: the sizes of each colour; `why` says why they did not.

    `ids` are those of their schedules.
    """

    standing: str
    starts_at: datetime
    ends_at: datetime | None
    why: str | None
    ids: list[int]
    sizes: dict[str, list[str]]
    cheapest: Money
    dearest: Money


def sales_of(product_id: int) -> list[ShownSale]:
    """Those that are not over first, each by when it begins; in one statement."""
    found = [(_place(one), one) for one in rows(_schedules(product_id))]
    found.sort(key=lambda pair: (pair[0], pair[1].id))
    return [_shown(place, [one for _, one in group]) for place, group in groupby(found, key=lambda pair: pair[0])]


Place = tuple[int, datetime, datetime, str]
ORDER = (RUNNING, PLANNED, REFUSED, OVER)
NEVER = datetime.max.replace(tzinfo=UTC)


def _schedules(product_id: int) -> Select[SaleSchedule]:
    variant = joinedload(SaleSchedule.variant)
    named = (variant.joinedload(Variant.colour), variant.joinedload(Variant.size))
    theirs = select(SaleSchedule).join(SaleSchedule.variant).where(Variant.product_id == product_id)
    is_over = case((SaleSchedule.ended_at.is_(None), 0), else_=1)
    return theirs.options(*named).order_by(is_over, SaleSchedule.starts_at.desc(), SaleSchedule.id).limit(MOST)


def _standing(one: SaleSchedule) -> str:
    if one.refusal:
        return REFUSED
    return RUNNING if one.is_running else PLANNED if one.is_planned else OVER


def _place(one: SaleSchedule) -> Place:
    """What variants have in common that are shown as one sale."""
    return ORDER.index(_standing(one)), one.starts_at, one.ends_at or NEVER, one.refusal or ""


def _shown(place: Place, together: list[SaleSchedule]) -> ShownSale:
    prices = sorted(one.sale_price for one in together)
    sizes: defaultdict[str, list[str]] = defaultdict(list)
    for one in together:
        sizes[one.variant.colour.name].append(one.variant.size.label)
    first, ids = together[0], [one.id for one in together]
    times = first.starts_at, first.ends_at
    return ShownSale(ORDER[place[0]], *times, first.refusal, ids, dict(sizes), prices[0], prices[-1])
