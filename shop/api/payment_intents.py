"""Paying from an app: an intent leads to the bank's page, confirming asks the bank (PAY-02)."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from werkzeug.exceptions import ServiceUnavailable

from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint
from shop.api.schemas.payment_intents import ConfirmedIntent, Intent, IntentWanted
from shop.api.schemas.payments import Payment
from shop.checkout import services as checkout_services
from shop.checkout.errors import NothingToPay
from shop.checkout.services.paying import latest_payment
from shop.lib.errors import ShopError
from shop.lib.http.answers import absolute
from shop.lib.money import Money
from shop.lib.queries import one_or_404
from shop.lib.unit_of_work import steps, unit_of_work
from shop.orders.models import Order
from shop.orders.queries import orders_of
from shop.payments import finding
from shop.payments.errors import GatewayAway
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.models import Payment as Row
from shop.payments.services import refuse_other_terms
from shop.store.labels import code_at

bp = ApiBlueprint("payment_intents", "payments", "Paying at the bank", guarded=True)
AWAY = "The bank does not answer. Nothing is lost: try again in a moment."


@bp.post("/intent")
@bp.body(IntentWanted)
@bp.response(201, Intent)
@steps
def open_intent(wanted: dict[str, Any]) -> dict[str, Any]:
    """Open the bank's page for an order of one's own that waits for money; asking twice gives the same page.

    What is paid is what the order costs: another amount or currency is 422. Card numbers are entered on that page and
    nowhere else. An order with nothing to pay at a bank is 409, a bank that does not answer 503.
    """
    with unit_of_work(read_only=True):
        payment = _open_payment(wanted["order_id"], wanted["amount"], wanted["currency"])
        order_id, shown = payment.order_id, {"payment_intent_id": payment.id, "amount": payment.amount,
                                             "currency": payment.currency, "payment_type": payment.method}  # fmt: skip
    try:
        return shown | {"payment_url": absolute(checkout_services.start_payment(order_id))}
    except GatewayAway as error:
        raise ServiceUnavailable(AWAY) from error


@bp.post("/confirm")
@bp.body(ConfirmedIntent)
@bp.response(200, Payment)
@steps
def confirm(wanted: dict[str, Any]) -> Response:
    """Ask the bank how a payment of one's own stands, after its page led back; only the bank says that it is paid.

    A payment that was opened for another way to pay than `payment_method` is 422, a bank that does not answer 503.
    """
    mine = finding.payments_made_by(visitor()).where(Row.id == wanted["payment_intent_id"])
    with unit_of_work(read_only=True):
        payment = one_or_404(mine)
        _refuse_other_method(payment, wanted["payment_method"])
        order_id, payment_id = payment.order_id, payment.id
    try:
        checkout_services.finish_payment(order_id, payment_id)
    except GatewayAway as error:
        raise ServiceUnavailable(AWAY) from error
    with unit_of_work(read_only=True):
        return jsonify(Payment().dump(finding.told([one_or_404(mine)])[0]))


def _open_payment(order_id: int, amount: Money | None, currency: str | None) -> Row:
    order = one_or_404(orders_of(visitor()).where(Order.id == order_id))
    if not order.waits_for_payment:
        raise NothingToPay
    payment = latest_payment(order.id)
    refuse_other_terms(payment, amount, currency)
    return payment


def _refuse_other_method(payment: Row, said: str | None) -> None:
    if said is not None and code_at(PAYMENT_TYPES, said) != payment.method:
        raise ShopError("This payment was opened for another way to pay.", field="payment_method")
