"""One order as the owner sees it, with the forms of its next step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.aftersales.archiving import can_archive
from shop.aftersales.rest import can_cancel_rest
from shop.aftersales.rest_money import money_of_rest
from shop.aftersales.services import can_cancel
from shop.catalog.pictures import picture_from
from shop.checkout.cash import trust_of
from shop.checkout.proposals import BEFORE_PACKING
from shop.extensions import db
from shop.fulfilment import couriers
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import desk, parcels_of, units_left
from shop.fulfilment.states import ParcelState
from shop.invoices.queries import all_of
from shop.invoices.states import InvoiceKind, InvoiceState
from shop.lib.http.answers import page
from shop.lib.money import Money, total
from shop.lib.queries import one_or_404, rows
from shop.orders.models import Order, OrderLine
from shop.orders.states import NO_REVENUE, OVER, OrderState
from shop.payments.masks import paid_with
from shop.payments.models import Payment, Refund
from shop.payments.queries import payments_of, refunds_of
from shop.payments.states import PaymentState, RefundState
from shop.pricing.rows import total_rows
from shop.staff.forms import StaffForm
from shop.staff.forms.order_edits import NoteForm, PromiseForm
from shop.staff.forms.orders import CARRIERS, CancelForm
from shop.staff.forms.packing import pack_form
from shop.staff.parcel_cards import cards_of
from shop.store.cash_settings import CASH_WEIGHED
from shop.store.formats import money
from shop.store.settings import value_of


def order_page(number: str, status: int = 200, parcel_id: int | None = None, **typed: StaffForm) -> Response:
    """The page of an order; `typed` holds forms that were refused, by name: pack, cancel, or those of one parcel."""
    order = one_or_404(desk.order_numbered(number))
    parcels = rows(parcels_of(order.id))
    left = units_left(order, parcels)
    return page(
        "staff/orders/show.html",
        status,
        order=order,
        lines=[_line(line) for line in order.lines],
        total_rows=total_rows(order, order.delivery_charge),
        cards=cards_of(order, parcels, parcel_id, typed),
        left=left,
        carriers=CARRIERS,
        couriers=couriers.offered(),
        **_money(order),
        **_buyer(order),
        **_allowed(order, parcels),
        **_forms(order, left, typed),
    )


def _money(order: Order) -> dict[str, Any]:
    """Its payments, refunds and invoices, as far as whoever is here may see them."""
    payments, refunds = rows(payments_of(order.id)), rows(refunds_of(order.id))
    return {
        "payments": payments,
        "refunds": refunds,
        "paid_with": paid_with,
        "money_told": _money_told(order, payments, refunds),
        "due": order.total - _kept(payments, refunds),
        "may_see_payments": visitor().can(Permission.PAYMENT_READ),
        "refundable": (left := _left_to_refund(payments, refunds)),
        "can_refund": bool(left) and not order.waits_for_payment and visitor().can(Permission.PAYMENT_REFUND),
        **_papers(order),
    }


def _papers(order: Order) -> dict[str, Any]:
    """Its invoices, and whether one can be drafted beside those that are void."""
    invoices, can = rows(all_of(order.id)) if visitor().can(Permission.INVOICE_READ) else [], visitor().can
    has_one = any(one.kind == InvoiceKind.INVOICE and one.state != InvoiceState.VOID for one in invoices)
    is_free = order.state not in NO_REVENUE and not has_one
    may_draft = is_free and can(Permission.INVOICE_READ) and can(Permission.INVOICE_UPDATE)
    return {"invoices": invoices, "may_draft": may_draft}


def _buyer(order: Order) -> dict[str, Any]:
    is_weighed = order.is_cash and value_of(CASH_WEIGHED)
    return {
        "buyer": db.session.get(User, order.user_id) if order.user_id else None,
        "trust": trust_of(order) if is_weighed else None,
    }


def _allowed(order: Order, parcels: list[Parcel]) -> dict[str, Any]:
    """What can be done with it, by whoever is here."""
    can, is_packed = visitor().can, any(parcel.state != ParcelState.CANCELLED for parcel in parcels)
    return {
        "can_cancel": can_cancel(order, visitor().actor) and can(Permission.ORDER_CANCEL),
        "rest": money_of_rest(order, parcels) if can_cancel_rest(order) and can(Permission.ORDER_CANCEL) else None,
        "can_edit": order.state in BEFORE_PACKING and not is_packed and can(Permission.ORDER_EDIT),
        "can_update": can(Permission.ORDER_UPDATE),
        "can_archive": can_archive(order) and can(Permission.ORDER_CANCEL),
        "can_bring_back": order.archived_at is not None and can(Permission.ORDER_CANCEL),
        "can_collect": can(Permission.PAYMENT_COLLECT),
        "can_confirm": order.state == OrderState.PLACED and not order.is_paid_before,
        "is_over": order.state in OVER,
    }


def _forms(order: Order, left: dict[int, int], typed: Mapping[str, StaffForm]) -> dict[str, StaffForm]:
    """The forms of the whole order, as they were refused or new."""
    return {
        "pack_form": typed.get("pack") or pack_form(order, left, formdata=None),
        "promise_form": typed.get("promise") or PromiseForm(None, first=order.arrives_from, last=order.arrives_to),
        "note_form": typed.get("note") or NoteForm(formdata=None),
        "cancel_form": typed.get("cancel") or CancelForm(formdata=None),
    }


def _money_told(order: Order, payments: list[Payment], refunds: list[Refund]) -> list[tuple[str, str]]:
    """What came in, went back and is still waited for, as far as there is any."""
    waits = "The courier still collects" if order.is_cash else "Still to pay"
    sums = {
        "Came in": [one.amount for one in payments if one.state == PaymentState.PAID],
        "Went back": [one.amount for one in refunds if one.state == RefundState.DONE],
        "On its way back": [one.amount for one in refunds if one.state == RefundState.PENDING],
        "To be paid before": [one.amount for one in payments if _is_open(one) and one.method != order.payment_method],
        waits: [one.amount for one in payments if _is_open(one) and one.method == order.payment_method],
    }
    return [(title, money(total(amounts), order.currency)) for title, amounts in sums.items() if amounts]


def _is_open(payment: Payment) -> bool:
    return payment.state == PaymentState.PENDING


def _kept(payments: list[Payment], refunds: list[Refund]) -> Money:
    """What was paid for the order as it is: what went back because its lines changed is none of it."""
    excess = [one.excess for one in refunds if one.state != RefundState.FAILED]
    return total([one.amount for one in payments if one.state == PaymentState.PAID]) - total(excess)


def _left_to_refund(payments: list[Payment], refunds: list[Refund]) -> Money:
    """What came in and was not given back, counting pending refunds."""
    taken = total([one.amount for one in payments if one.state == PaymentState.PAID])
    return taken - total([one.amount for one in refunds if one.state != RefundState.FAILED])


def _line(line: OrderLine) -> dict[str, object]:
    """A line as the shared macro shows it."""
    return {
        "picture": picture_from(line.picture),
        "name": line.name,
        "url": f"/staff/products/{line.product_id}",
        "variant": f"{line.brand} · {line.colour}, {line.size} · {line.sku}",
        "quantity": line.quantity,
        "unit": line.unit_price,
        "total": line.unit_price * line.quantity,
        "discount": line.discount,
    }
