"""One order as the owner sees it, with the forms of its next step."""

from __future__ import annotations

from flask import Response

from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.aftersales.archiving import can_archive
from shop.aftersales.services import can_cancel
from shop.catalog.pictures import picture_from
from shop.checkout.cash import trust_of
from shop.delivery.cash import CASH
from shop.extensions import db
from shop.fulfilment import couriers
from shop.fulfilment.queries import desk, parcels_of, units_left
from shop.invoices.queries import all_of
from shop.lib.http.answers import page
from shop.lib.money import total
from shop.lib.queries import one_or_404, rows
from shop.orders.models import OrderLine
from shop.orders.states import OVER, OrderState
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
from shop.store.settings import CASH_WEIGHED, value_of


def order_page(number: str, status: int = 200, parcel_id: int | None = None, **typed: StaffForm) -> Response:
    """The page of an order; `typed` holds forms that were refused, by name: pack, cancel, or those of one parcel."""
    order = one_or_404(desk.order_numbered(number))
    parcels = rows(parcels_of(order.id))
    left = units_left(order, parcels)
    cards = cards_of(order, parcels, parcel_id, typed)
    payments, refunds = rows(payments_of(order.id)), rows(refunds_of(order.id))
    return page(
        "staff/orders/show.html",
        status,
        order=order,
        lines=[_line(line) for line in order.lines],
        total_rows=total_rows(order, order.delivery_charge),
        cards=cards,
        left=left,
        payments=payments,
        refunds=refunds,
        paid_with=paid_with,
        due=order.total - total([one.amount for one in payments if one.state == PaymentState.PAID]),
        may_see_payments=visitor().can(Permission.PAYMENT_READ),
        can_refund=_is_money_left(payments, refunds) and visitor().can(Permission.PAYMENT_REFUND),
        invoices=rows(all_of(order.id)) if visitor().can(Permission.INVOICE_READ) else [],
        buyer=db.session.get(User, order.user_id) if order.user_id else None,
        trust=trust_of(order) if order.payment_method == CASH and value_of(CASH_WEIGHED) else None,
        carriers=CARRIERS,
        couriers=couriers.offered(),
        can_cancel=can_cancel(order, visitor().actor) and visitor().can(Permission.ORDER_CANCEL),
        can_update=visitor().can(Permission.ORDER_UPDATE),
        can_archive=can_archive(order) and visitor().can(Permission.ORDER_CANCEL),
        is_over=order.state in OVER,
        can_collect=visitor().can(Permission.PAYMENT_COLLECT),
        can_confirm=order.state == OrderState.PLACED and order.payment_method == desk.COD,
        pack_form=typed.get("pack") or pack_form(order, left, formdata=None),
        promise_form=typed.get("promise") or PromiseForm(None, first=order.arrives_from, last=order.arrives_to),
        note_form=typed.get("note") or NoteForm(formdata=None),
        cancel_form=typed.get("cancel") or CancelForm(formdata=None),
    )


def _is_money_left(payments: list[Payment], refunds: list[Refund]) -> bool:
    taken = sum(one.amount.minor for one in payments if one.state == PaymentState.PAID)
    return taken > sum(one.amount.minor for one in refunds if one.state != RefundState.FAILED)


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
