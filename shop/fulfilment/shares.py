"""What each parcel of an order stands for, in money: its goods, and the cash to collect with it. All exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.fulfilment.models import Parcel
from shop.fulfilment.states import ParcelState
from shop.lib.money import ZERO, Money, total
from shop.orders.models import Order
from shop.orders.paid import line_paid, paid_for


@dataclass(frozen=True)
class Share:
    """Of what an order costs: the goods in a parcel, and all that is paid with it."""

    goods: Money
    whole: Money


def shares_of(order: Order, parcels: Sequence[Parcel]) -> dict[int, Share]:
    """By parcel; delivery and the way to pay go with the first. `parcels` are all of the order's, oldest first.

    Units are counted through all parcels, so what two parcels hold of a line comes to what was paid for both.
    """
    beside = order.total - total([line_paid(line) for line in order.lines])
    counted: Counter[int] = Counter()
    shares: dict[int, Share] = {}
    for parcel in parcels:
        if parcel.state != ParcelState.CANCELLED:
            goods = _goods(parcel, counted)
            shares[parcel.id] = Share(goods, goods if shares else goods + beside)
    return shares


def cash_of(order: Order, shares: Mapping[int, Share], cash: Money) -> dict[int, Money]:
    """What of an order's `cash` is collected with each parcel; where a part was paid otherwise, in proportion.

    Each part is the difference of two rounded sums, so what is packed later changes none of them.
    """
    parts, before = {}, ZERO
    for parcel_id, share in shares.items():
        after = before + share.whole
        parts[parcel_id] = _part(cash, after, order.total) - _part(cash, before, order.total)
        before = after
    return parts


def _goods(parcel: Parcel, counted: Counter[int]) -> Money:
    """What was paid for what is in a parcel; `counted` are the units of each line in those before it."""
    prices = []
    for line in sorted(parcel.lines, key=lambda line: line.order_line_id):
        prices.append(paid_for(line.order_line, counted[line.order_line_id], line.quantity))
        counted[line.order_line_id] += line.quantity
    return total(prices)


def _part(cash: Money, share: Money, whole: Money) -> Money:
    return cash.share(share.minor, whole.minor) if whole else ZERO
