"""A bag that nobody keeps: what somebody wants who is on the phone."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from shop.cart.bag import Bag
from shop.cart.models import CartLine
from shop.cart.queries import GOODS, pictures_of, read_line, with_goods
from shop.catalog.models import Variant
from shop.extensions import db


def bag_with(units: Mapping[int, int], coupon_code: str | None = None) -> Bag:
    """So many units of each variant's id, priced now, in two statements; what does not exist is not in it."""
    found = db.session.execute(with_goods(select(Variant, *GOODS)).where(Variant.id.in_(units)).order_by(Variant.id))
    rows = found.all()
    pictures = pictures_of({row.Variant.product_id for row in rows})
    return Bag(None, tuple(read_line(row, _line(row.Variant, units), pictures) for row in rows), coupon_code)


def _line(variant: Variant, units: Mapping[int, int]) -> CartLine:
    return CartLine(id=variant.id, quantity=units[variant.id], unit_price_seen=variant.current_price)
