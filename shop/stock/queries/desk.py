"""The owner's stock desk: every variant that is sold with its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from shop.catalog.models import Colour, Product, Size, Variant
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.stock.models import StockLevel

ON_HAND, RESERVED = func.coalesce(StockLevel.on_hand, 0), func.coalesce(StockLevel.reserved, 0)
FREE = StockLevel.on_hand - StockLevel.reserved
IS_LOW = StockLevel.reorder_point >= FREE
FOR_SALE = func.coalesce(FREE, 0)
NEWEST = (Variant.product_id.desc(), Variant.colour_id, Size.position, Variant.id)
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": NEWEST,
    "sku": (Variant.sku,),
    "fewest": (FOR_SALE, Variant.id),
    "most": (FOR_SALE.desc(), Variant.id),
    "restocked": (StockLevel.restocked_at.desc().nulls_last(), Variant.id),
}
VIEWS: dict[str, ColumnElement[bool]] = {
    "low": IS_LOW,
    "out": or_(StockLevel.variant_id.is_(None), FREE <= 0),
    "reserved": StockLevel.reserved > 0,
}
COLUMNS = (
    Variant.id.label("variant_id"), Variant.sku, Variant.product_id, Product.name.label("product"),
    Colour.name.label("colour"), Size.label.label("size"), ON_HAND.label("on_hand"), RESERVED.label("reserved"),
    FOR_SALE.label("for_sale"), func.coalesce(StockLevel.reorder_point, 0).label("reorder_point"),
    StockLevel.restocked_at, IS_LOW.label("is_low"),
)  # fmt: skip


@dataclass(frozen=True)
class StockFilter:
    """Which variants, and in which order; what is left out narrows nothing. `views` are low, out and reserved."""

    text: str = ""
    views: tuple[str, ...] = ()
    sort: str = "newest"
    product_id: int | None = None


def stock(wanted: StockFilter) -> Select[*tuple[Any, ...]]:
    """Variants on sale with what is on hand, reserved and for sale; also of products that are hidden."""
    conditions = [*(_mentions(word) for word in wanted.text.split()), *(VIEWS[view] for view in wanted.views)]
    if wanted.product_id is not None:
        conditions.append(Variant.product_id == wanted.product_id)
    return _sold().where(*conditions).order_by(*SORTS[wanted.sort])


def stock_of(variant_id: int, *, only_on_shelf: bool = False) -> Row[Any]:
    """The numbers of one variant. Raises NotFound, also for one that is sold no more."""
    wanted = _sold().where(Variant.id == variant_id)
    if only_on_shelf:
        wanted = wanted.where(Product.published_at.is_not(None))
    found = db.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def stock_of_products(product_ids: Iterable[int]) -> Select[*tuple[Any, ...]]:
    """The numbers of every variant of these products that is on sale, product by product."""
    return _sold().where(Variant.product_id.in_(sorted(set(product_ids)))).order_by(*NEWEST)


def _sold() -> Select[*tuple[Any, ...]]:
    named = select(*COLUMNS).select_from(Variant).join(Variant.product).join(Variant.colour).join(Variant.size)
    levels: Select[*tuple[Any, ...]] = named.outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    return levels.where(Variant.retired_at.is_(None), Product.deleted_at.is_(None))


def _mentions(word: str) -> ColumnElement[bool]:
    return or_(Product.name.icontains(word, autoescape=True), Variant.sku.icontains(word, autoescape=True))
