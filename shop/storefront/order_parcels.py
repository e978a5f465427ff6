"""The parcels of an order that needs more than one, as shoppers see them: each with its contents, code and timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.fulfilment.models import Parcel, ParcelHistory
from shop.fulfilment.queries import histories_of, units_left
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.fulfilment.states import ParcelState
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.storefront.order_events import FLOW, ShownEvent, look_of, title_of

DOOR = frozenset({ParcelState.PACKED, ParcelState.SHIPPED, ParcelState.OUT_FOR_DELIVERY, ParcelState.DELIVERY_FAILED})


@dataclass(frozen=True)
class ShownParcel:
    """One parcel: `cash` is what the rider is still to be paid, `code` what the rider asks for just now."""

    number: int
    contents: str
    code: str | None
    cash: Money
    events: list[ShownEvent]


def shown_parcels(order: Order, parcels: Sequence[Parcel]) -> list[ShownParcel]:
    """An order's parcels, where there are several or will be; none where one timeline tells it all."""
    if len(parcels) == 1 and not units_left(order, parcels):
        return []
    cash = cash_by_parcel(order, parcels) if parcels else {}
    told = histories_of(order.id) if parcels else {}
    return [_shown(number, parcel, told[parcel.id], cash) for number, parcel in enumerate(parcels, start=1)]


def _shown(number: int, parcel: Parcel, told: Sequence[ParcelHistory], cash: Mapping[int, Money]) -> ShownParcel:
    contents = ", ".join(f"{line.quantity} × {line.order_line.name}, {line.order_line.variant}"
                         for line in parcel.lines)  # fmt: skip
    due = cash.get(parcel.id, ZERO) if parcel.state in DOOR else ZERO
    code = parcel.otp if parcel.state == ParcelState.OUT_FOR_DELIVERY else None
    return ShownParcel(number, contents, code, due, _events(parcel, told))


def _events(parcel: Parcel, told: Sequence[ParcelHistory]) -> list[ShownEvent]:
    last = len(told) - 1
    happened = [_event(parcel, entry, index == last) for index, entry in enumerate(told)]
    state = _as_of_order(parcel.state)
    coming = FLOW[FLOW.index(state) + 1 :] if state in FLOW else ()
    return [*happened, *(ShownEvent(title_of(step), "todo") for step in coming)]


def _event(parcel: Parcel, entry: ParcelHistory, is_last: bool) -> ShownEvent:
    state = _as_of_order(entry.to_state)
    words = {OrderState.SHIPPED: f"{parcel.carrier}, {parcel.tracking_number}", OrderState.DELIVERY_FAILED: entry.note}
    return ShownEvent(title_of(state), look_of(state, is_last), entry.created_at, words.get(state, ""))


def _as_of_order(state: str) -> OrderState:
    """A parcel's state as an order's: pieces that are not sent are cancelled."""
    return OrderState.CANCELLED if state == ParcelState.NOT_SENT else OrderState(state)
