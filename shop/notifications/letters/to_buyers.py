"""What buyers are told of their orders.

A writer returns None where there is nobody to write to, or nothing left to say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.invoices import queries as invoice_queries
from shop.invoices.events import InvoiceSent
from shop.invoices.paper import file_name, pdf_of
from shop.invoices.states import IN_FORCE
from shop.lib.errors import NotFound
from shop.lib.http.answers import external_url
from shop.lib.money import Money
from shop.lib.queries import one_or_404
from shop.notifications import queries
from shop.notifications.letters.letter import Enclosure, Letter
from shop.notifications.letters.paying import Paying
from shop.orders.events import OrderEdited, OrderEvent, OrderRestCancelled
from shop.orders.models import Order, OrderEdit
from shop.orders.states import OrderState
from shop.payments.events import PayeeAsked, RefundMade
from shop.payments.masks import masked_upi
from shop.payments.models import Refund
from shop.payments.queries import due
from shop.payments.states import RefundWay
from shop.payments.tenders import tenders_of_order
from shop.pricing.rows import total_rows
from shop.store.formats import money


@dataclass(frozen=True)
class LetterLine:
    """One line of an order as a mail shows it."""

    name: str
    variant: str
    quantity: int
    unit: Money
    total: Money


def write_order(event: OrderEvent) -> Letter | None:
    """To the buyer, with lines, sums and address, leading to the order's own page."""
    return _to_buyer(queries.order(event.order_id))


def write_cancelled(event: OrderEvent) -> Letter | None:
    """As for any order, with the reason given."""
    return _to_buyer(queries.order(event.order_id), reason=queries.last_note(event.order_id, OrderState.CANCELLED))


def write_rest_cancelled(event: OrderRestCancelled) -> Letter | None:
    """As for any order, with the pieces that are not sent."""
    pieces = [line for parcel in queries.unsent_parcels(event.order_id) for line in parcel.lines]
    return _to_buyer(queries.order(event.order_id), pieces=pieces)


def write_shipped(event: OrderEvent) -> Letter | None:
    """As for any order, with carrier and tracking number of each parcel that has left."""
    order, parcels = queries.order(event.order_id), queries.tracked_parcels(event.order_id)
    return _to_buyer(order, parcels=parcels, is_part=_is_part(order, parcels))


def write_out_for_delivery(event: OrderEvent) -> Letter | None:
    """With the hand-over codes, read now: an older code is worth nothing, and none is left after delivery."""
    order, parcels = queries.order(event.order_id), queries.parcels_with_code(event.order_id)
    if not parcels:
        return None
    cash = queries.cash_at_the_door(order, parcels)
    return _to_buyer(order, parcels=parcels, cash=cash, is_part=_is_part(order, parcels))


def write_edited(event: OrderEdited) -> Letter | None:
    """As for any order, with what was changed; where something is left to pay it leads there."""
    order, edit = queries.order(event.order_id), db.session.get_one(OrderEdit, event.edit_id)
    more: dict[str, Any] = {"edit": edit, "less": edit.total_before - edit.total_after}
    if order.waits_for_payment:
        url = external_url("order_payment.show", token=order.token)
        more |= {"action_url": url, "action_label": f"Pay {money(due(order))}"}
    return _to_buyer(order, **more)


def write_refunded(event: RefundMade) -> Letter | None:
    """To the buyer, with the amount that went back."""
    refund = db.session.get(Refund, event.refund_id)
    if refund is None:
        raise NotFound
    return _to_buyer(queries.order(event.order_id), refund=refund, went_to=_went_to(refund))


def write_payee_asked(event: PayeeAsked) -> Letter | None:
    """To the buyer, leading to the page that asks where the money goes; not once they have said it."""
    refund = db.session.get(Refund, event.refund_id)
    if refund is None:
        raise NotFound
    url = external_url("order_refund.show", token=refund.payment.order.token, refund_id=refund.id)
    more = {"refund": refund, "action_url": url, "action_label": "Say where it goes"}
    return _to_buyer(queries.order(event.order_id), **more) if refund.waits_for_payee else None


def _went_to(refund: Refund) -> str:
    payment = refund.payment
    if refund.way == RefundWay.CREDIT:
        return "to your store credit"
    if refund.way == RefundWay.PAYOUT:
        return f"to {refund.payee_shown}"
    if payment.last_four:
        return f"to your {'card' if payment.method == 'card' else payment.brand} ending in {payment.last_four}"
    return f"to {masked_upi(payment.upi_id)}" if payment.upi_id else "the way you paid it"


def write_invoice(event: InvoiceSent) -> Letter | None:
    """To the buyer, with an invoice or a credit note enclosed and a link to it."""
    invoice = one_or_404(invoice_queries.invoice(event.invoice_id))
    letter = _to_buyer(invoice.order, invoice=invoice)
    if letter is None or invoice.state not in IN_FORCE:
        return None
    link = external_url("order.invoice", token=invoice.order.token, invoice_id=invoice.id)
    facts = letter.facts | {"action_url": link, "action_label": f"See the {invoice.title.lower()}"}
    return replace(letter, facts=facts, enclosures=(Enclosure(file_name(invoice), "application/pdf", pdf_of(invoice)),))


def _is_part(order: Order, parcels: list[Parcel]) -> bool:
    """Whether more of the order is in other parcels, or in none yet."""
    return sum(parcel.units for parcel in parcels) < order.units


def _to_buyer(order: Order, **facts: Any) -> Letter | None:
    if not order.reached:
        return None
    facts = {
        "order": order,
        "paying": Paying(order, tenders_of_order(order.id)),
        "lines": [LetterLine(line.name, line.variant, line.quantity, line.unit_price, line.unit_price * line.quantity)
                  for line in order.lines],
        "sums": _sums(order),
        "action_url": external_url("order.show", token=order.token),
        "action_label": "See your order",
    } | facts  # fmt: skip
    return Letter(order.reached, facts, order.id, order.user_id, by_text=not order.email)


def _sums(order: Order) -> list[tuple[str, Money | str]]:
    return [(name, amount) for name, amount, _ in total_rows(order, order.delivery_charge)]
