"""Orders as cards in a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from shop.catalog.pictures import ShownPicture, picture_from
from shop.lib.money import Money
from shop.orders.models import Order
from shop.storefront.order_view import status_of

SHOWN = 4


@dataclass(frozen=True)
class OrderCard:
    """What a card says of an order; `status` is a word and a tone."""

    number: str
    url: str
    placed_at: datetime
    total: Money
    units: int
    status: tuple[str, str]
    pictures: tuple[ShownPicture | None, ...]
    names: str
    more: int


def cards_of(orders: Iterable[Order]) -> list[OrderCard]:
    """A card for each order, from its own snapshot."""
    return [_card(order) for order in orders]


def _card(order: Order) -> OrderCard:
    return OrderCard(
        number=order.number,
        url=url_for("orders.show", number=order.number),
        placed_at=order.placed_at,
        total=order.total,
        units=order.units,
        status=status_of(order),
        pictures=tuple(picture_from(line.picture) for line in order.lines[:SHOWN]),
        names=", ".join(line.name for line in order.lines[:SHOWN]),
        more=max(0, len(order.lines) - SHOWN),
    )
