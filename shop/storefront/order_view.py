"""An order as shoppers see it, behind its link or in an account: timeline, lines, totals, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.accounts.visits import visitor
from shop.aftersales.services import can_cancel
from shop.catalog.pictures import ShownPicture, picture_from
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.states import ParcelState
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.orders.labels import ORDER_STATUS, PAYMENT_STATUS
from shop.orders.models import Order, OrderHistory, OrderLine
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.queries import refunds_of
from shop.payments.ways import WAYS
from shop.store.countries import country
from shop.store.formats import money, weekday_and_day
from shop.store.labels import shown

Row = tuple[str, Money | str, str]
S = OrderState
FLOW = (S.PLACED, S.CONFIRMED, S.PACKED, S.SHIPPED, S.OUT_FOR_DELIVERY, S.DELIVERED)
PROBLEMS = frozenset({S.DELIVERY_FAILED, S.RETURNING, S.RETURNED, S.CANCELLED})
TITLES = {
    S.PLACED: "Order placed",
    S.CONFIRMED: "Confirmed",
    S.PACKED: "Packed",
    S.SHIPPED: "Shipped",
    S.OUT_FOR_DELIVERY: "Out for delivery",
    S.DELIVERED: "Delivered",
    S.DELIVERY_FAILED: "Delivery failed",
    S.RETURNING: "On its way back to us",
    S.RETURNED: "Back in our shop",
    S.CANCELLED: "Cancelled",
}
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
STANDINGS = {
    PaymentStanding.PENDING: "not paid yet",
    PaymentStanding.PAID: "paid",
    PaymentStanding.FAILED: "payment failed",
    PaymentStanding.CANCELLED: "nothing was taken",
    PaymentStanding.PARTLY_REFUNDED: "partly refunded",
    PaymentStanding.REFUNDED: "refunded",
}


@dataclass(frozen=True)
class ShownEvent:
    """One entry of the timeline; state is done, current, todo or problem."""

    title: str
    state: str
    at: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class ShownLine:
    """One line as the list of lines wants it."""

    picture: ShownPicture | None
    name: str
    url: str
    variant: str
    quantity: int
    unit: Money
    total: Money


def order_context(order: Order) -> dict[str, Any]:
    """Everything `storefront/order/_body.html` shows, in four statements beside the order's own."""
    parcels = rows(live_parcels(order.id))
    return {
        "order": order,
        "parcels": parcels,
        "headline": headline(order),
        "order_status": status_of(order),
        "events": timeline(order, parcels),
        "lines": [shown_line(line) for line in order.lines],
        "rows": total_rows(order.lines_total, order.discount, order.delivery_charge, order.tax_added),
        "tax_note": tax_note(order.tax_contained),
        "payment_text": payment_text(order),
        "refunds": rows(refunds_of(order.id)),
        "codes": [parcel.otp for parcel in parcels if parcel.state == ParcelState.OUT_FOR_DELIVERY and parcel.otp],
        "can_cancel": can_cancel(order, visitor().actor),
        "can_pay": order.waits_for_payment,
    }


def status_of(order: Order) -> tuple[str, str]:
    """A word and a tone for lists and headers."""
    if order.waits_for_payment:
        return "Waiting for payment", "warn"
    state = S(order.state)
    return _title(state), TONES.get(state, "neutral")


def headline(order: Order) -> str:
    """The newest state in the words of a heading."""
    if order.waits_for_payment:
        return "Waiting for your payment"
    return shown(ORDER_STATUS, order.state, HEADLINES.get(S(order.state), "We have your order"))


def payment_text(order: Order) -> str:
    """UPI, paid."""
    method = shown(PAYMENT_TYPES, order.payment_method, WAYS[order.payment_method].name)
    standing = PaymentStanding(order.payment_standing)
    if order.payment_method == "cod" and standing == PaymentStanding.PENDING:
        return f"{method}: {money(order.total)} to the courier"
    return f"{method}, {shown(PAYMENT_STATUS, standing, STANDINGS[standing])}"


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
        total=line.total,
    )


def total_rows(lines_total: Money, discount: Money, delivery: Money | str, tax_added: Money) -> list[Row]:
    """The rows above a total; delivery is a charge or words."""
    found: list[Row] = [("Items", lines_total, "")]
    if discount:
        found.append(("Discount", -discount, "sale"))
    found.append(("Delivery", delivery or "Free", "" if delivery else "good"))
    if tax_added:
        found.append((country().taxes.name, tax_added, ""))
    return found


def tax_note(contained: Money) -> str | None:
    """What a total says about the tax in it."""
    return f"Includes {money(contained)} {country().taxes.name}" if contained else None


def _title(state: OrderState) -> str:
    return shown(ORDER_STATUS, state, TITLES[state])


def _event(entry: OrderHistory, is_last: bool, parcels: Sequence[Parcel]) -> ShownEvent:
    state = S(entry.to_state)
    return ShownEvent(_title(state), _look(state, is_last), entry.created_at, _words(state, entry, parcels))


def _look(state: OrderState, is_last: bool) -> str:
    if state in PROBLEMS:
        return "problem"
    return "current" if is_last and state != S.DELIVERED else "done"


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
    return [ShownEvent(_title(step), "todo", text=days if step == S.DELIVERED else "") for step in coming]
