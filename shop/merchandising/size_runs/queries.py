"""Styles whose core sizes are gone, with what is left of them, how they sell, and the markdown that is proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, select

from shop.catalog.models import Colour, ListingRow, Size, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.queries import Page, page_within
from shop.merchandising.size_runs.proposals import proposed_percent
from shop.orders.models import Order, OrderLine
from shop.orders.states import NO_REVENUE
from shop.stock.models import StockLevel

SALES_DAYS = 30
MOST = 10_000
FREE = func.coalesce(StockLevel.on_hand - StockLevel.reserved, 0)


@dataclass(frozen=True)
class BrokenStyle:
    """A style with a broken size run. `left` and `gone` are its sizes by colour, small to large."""

    product_id: int
    name: str
    brand: str
    pieces: int
    left: dict[str, list[str]]
    gone: dict[str, list[str]]
    sold: int
    percent_now: int
    proposed: int

    @property
    def is_marked_down(self) -> bool:
        """Whether what is left costs as little as is proposed, or less."""
        return self.percent_now >= self.proposed


def broken_styles(number: int) -> Page[BrokenStyle]:
    """A page of them, the newest on the shelf first; a constant number of statements."""
    broken = select(ListingRow.product_id, ListingRow.name, ListingRow.brand)
    broken = broken.where(ListingRow.in_stock.is_(True), ListingRow.has_core_sizes.is_(False))
    found = page_within(broken.order_by(ListingRow.published_at.desc(), ListingRow.product_id.desc()), number, MOST)
    ids = [row.product_id for row in found.items]
    sizes, sold = _sizes_of(ids), _sold_of(ids)
    items = [_style(row, sizes[row.product_id], sold.get(row.product_id, 0)) for row in found.items]
    return Page(items, found.number, found.size, found.total, found.is_cut)


def _style(row: Any, sizes: Sequence[Any], sold: int) -> BrokenStyle:
    left, gone = [size for size in sizes if size.left > 0], [size for size in sizes if size.left <= 0]
    return BrokenStyle(
        product_id=row.product_id,
        name=row.name,
        brand=row.brand,
        pieces=sum(size.left for size in left),
        left=_by_colour(left),
        gone=_by_colour(gone),
        sold=sold,
        percent_now=min((_percent_of(size) for size in left), default=0),
        proposed=proposed_percent(len(left), len(sizes), sold),
    )


def _percent_of(size: Any) -> int:
    return (size.sale_price or size.price).percent_below(size.price)


def _by_colour(sizes: Iterable[Any]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for size in sizes:
        found[size.colour].append(size.size)
    return dict(found)


def _sizes_of(product_ids: Sequence[int]) -> dict[int, list[Any]]:
    """What each product comes in, small to large, with what is left."""
    columns = (
        Variant.product_id, Variant.price, Variant.sale_price, Colour.name.label("colour"), Size.label.label("size"),
        FREE.label("left"),
    )  # fmt: skip
    sold = select(*columns).select_from(Variant).join(Variant.colour).join(Variant.size)
    sold = sold.outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    sold = sold.where(Variant.product_id.in_(product_ids), Variant.retired_at.is_(None))
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(sold.order_by(Variant.product_id, Colour.id, Size.position, Size.id)):
        found[row.product_id].append(row)
    return found


def _sold_of(product_ids: Sequence[int]) -> dict[int, int]:
    """Pieces of each product sold in the last days."""
    wanted: Select[int, int] = select(OrderLine.product_id, func.sum(OrderLine.quantity)).join(OrderLine.order)
    since = now() - timedelta(days=SALES_DAYS)
    wanted = wanted.where(OrderLine.product_id.in_(product_ids), Order.placed_at >= since)
    wanted = wanted.where(Order.state.not_in(NO_REVENUE)).group_by(OrderLine.product_id)
    return {product_id: int(units) for product_id, units in db.session.execute(wanted)}


def variants_of(product_id: int) -> frozenset[int]:
    """The ids of a product's variants."""
    return frozenset(db.session.scalars(select(Variant.id).where(Variant.product_id == product_id)))
