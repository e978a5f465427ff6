"""An order as shoppers see it, behind its link or in an account: timeline, lines, totals, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shop.accounts.visits import visitor
from shop.aftersales.services import can_cancel
from shop.catalog.pictures import ShownPicture, picture_from
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.states import ParcelState
from shop.invoices.queries import told_of
from shop.lib.money import ZERO, Money
from shop.lib.queries import rows
from shop.orders.labels import ORDER_STATUS
from shop.orders.models import Order, OrderHistory, OrderLine
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.queries import asked_now, refunds_of
from shop.payments.tenders import came_in, tenders_of_order
from shop.pricing.rows import total_rows
from shop.pricing.trace import told
from shop.store.countries import country
from shop.store.formats import money, weekday_and_day
from shop.store.labels import shown
from shop.storefront.order_events import FLOW, ShownEvent, look_of, title_of
from shop.storefront.order_parcels import shown_parcels
from shop.storefront.payment_words import payment_text

S = OrderState
TONES = {S.SHIPPED: "info", S.OUT_FOR_DELIVERY: "info", S.DELIVERED: "good", S.DELIVERY_FAILED: "warn",
         S.RETURNING: "bad", S.RETURNED: "bad", S.CANCELLED: "bad"}  # fmt: skip
HEADLINES = {
    S.CONFIRMED: "We are getting it ready",
    S.PACKED: "Packed, waiting for the courier",
    S.SHIPPED: "On its way to you",
    S.OUT_FOR_DELIVERY: "The courier is on the way",
    S.DELIVERED: "Delivered",
    S.DELIVERY_FAILED: "The courier could not hand it over",
    S.RETURNING: "On its way back to us",
    S.RETURNED: "Back in our shop",
    S.CANCELLED: "This order is cancelled",
}


@dataclass(frozen=True)
class ShownLine:
    """One line as the list of lines wants it; `total` is before the discount."""

    picture: ShownPicture | None
    name: str
    url: str
    variant: str
    quantity: int
    unit: Money
    total: Money
    discount: Money = ZERO


def order_context(order: Order) -> dict[str, Any]:
    """Everything `storefront/order/_body.html` shows, in few statements beside the order's own."""
    parcels, tenders = rows(live_parcels(order.id)), tenders_of_order(order.id)
    left = order.total - came_in(tenders)
    several = shown_parcels(order, parcels)
    return {
        "order": order,
        "several": several,
        "headline": headline(order),
        "order_status": status_of(order),
        "events": timeline(order, parcels),
        "lines": [shown_line(line) for line in order.lines],
        "rows": total_rows(order, order.delivery_charge),
        "steps": told(order.steps),
        "tax_note": tax_note(order.tax_contained),
        "due": left,
        "comes_back": comes_back(order, left),
        "asked": asked_now(order, left),
        "payment_text": payment_text(order, tenders),
        # Nothing goes back of what never came in, and an invoice goes with the first parcel.
        "refunds": rows(refunds_of(order.id)) if left < order.total else [],
        "invoices": rows(told_of(order.id)) if any(parcel.shipped_at for parcel in parcels) else [],
        "codes": [] if several else codes_of(parcels),
        "can_cancel": can_cancel(order, visitor().actor),
        "can_pay": order.waits_for_payment,
    }


def status_of(order: Order) -> tuple[str, str]:
    """A word and a tone for lists and headers."""
    if order.waits_for_payment:
        return "Waiting for payment", "warn"
    state = S(order.state)
    return title_of(state), TONES.get(state, "neutral")


def headline(order: Order) -> str:
    """The newest state in the words of a heading."""
    if order.waits_for_payment:
        return "Waiting for your payment"
    return shown(ORDER_STATUS, order.state, HEADLINES.get(S(order.state), "We have your order"))


def comes_back(order: Order, left: Money) -> Money:
    """What a cancellation gives back of an order that nothing went back of yet: all that came in."""
    went_back = order.payment_standing in {PaymentStanding.PARTLY_REFUNDED, PaymentStanding.REFUNDED}
    return ZERO if went_back else order.total - left


def timeline(order: Order, parcels: Sequence[Parcel]) -> list[ShownEvent]:
    """What happened, newest last, and what is still to come. Notes that are not moves are the shop's own."""
    moves = order.moves
    last = len(moves) - 1
    happened = [_event(entry, index == last, parcels) for index, entry in enumerate(moves)]
    return [*happened, *_to_come(order)]


def shown_line(line: OrderLine) -> ShownLine:
    """A line from its snapshot."""
    return ShownLine(
        picture=picture_from(line.picture),
        name=line.name,
        url=f"/p/{line.slug}",
        variant=f"{line.colour}, {line.size}",
        quantity=line.quantity,
        unit=line.unit_price,
        total=line.unit_price * line.quantity,
        discount=line.discount,
    )


def tax_note(contained: Money) -> str | None:
    """What a total says about the tax in it."""
    return f"Includes {money(contained)} {country().taxes.name}" if contained else None


def codes_of(parcels: Sequence[Parcel]) -> list[str]:
    """The codes a rider asks for just now."""
    return [parcel.otp for parcel in parcels if parcel.state == ParcelState.OUT_FOR_DELIVERY and parcel.otp]


def _event(entry: OrderHistory, is_last: bool, parcels: Sequence[Parcel]) -> ShownEvent:
    state = S(entry.to_state)
    return ShownEvent(title_of(state), look_of(state, is_last), entry.created_at, _words(state, entry, parcels))


def _words(state: OrderState, entry: OrderHistory, parcels: Sequence[Parcel]) -> str:
    if state == S.SHIPPED:
        return " · ".join(f"{parcel.carrier}, {parcel.tracking_number}" for parcel in parcels if parcel.tracking_number)
    return entry.told


def _to_come(order: Order) -> list[ShownEvent]:
    state = S(order.state)
    if state not in FLOW:
        return []
    coming = FLOW[FLOW.index(state) + 1 :]
    days = f"Expected {weekday_and_day(order.arrives_from)} – {weekday_and_day(order.arrives_to)}"
    return [ShownEvent(title_of(step), "todo", text=days if step == S.DELIVERED else "") for step in coming]
