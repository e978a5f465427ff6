"""Payments, refunds and store credit, at all doors."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.accounts.permissions import Permission as P
from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.lib.actor import OPERATOR
from shop.lib.money import Money
from shop.orders.models import Order
from shop.payments import payouts, refunds
from shop.payments.cash import record_cash
from shop.payments.models import Payment
from shop.payments.payouts import Payee
from shop.payments.refunds import Wanted
from tests.checkout.buying import an_order_id, pay
from tests.matrix.entries import Who, entry, mine, the

PAYMENTS_PAGE, REFUND_PAGE, STEPS = "/staff/payments", "/staff/orders/<number>/refund", "/staff/refunds/<int:refund_id>"
API = "/api/v1/payments"
FORM = {"amount": "100", "way": "original", "reason": "Faded", "key": "a-key-of-this-form"}
MASKED = [
    line
    for noun in ("card-details", "upi-details")
    for line in (
        entry(f"GET /api/v1/{noun}/", P.PAYMENT_READ),
        entry(f"GET /api/v1/{noun}/by-payment/<key:payment_id>", P.PAYMENT_READ, payment_id=the("paid payment")),
        entry(f"GET /api/v1/{noun}/my/by-payment/<key:payment_id>", Who.SIGNED_IN, payment_id=mine("payment")),
    )
]
PAYMENTS = [
    entry(f"GET {PAYMENTS_PAGE}", P.PAYMENT_READ),
    entry(f"GET {PAYMENTS_PAGE}/<int:payment_id>", P.PAYMENT_READ, payment_id=the("paid payment")),
    entry(f"POST {PAYMENTS_PAGE}/<int:payment_id>/status", P.PAYMENT_COLLECT, "payment", "payment_entry",
          payment_id=the("cash payment"), body={"status": "paid"}),
    entry(f"GET {REFUND_PAGE}", P.PAYMENT_REFUND, number=the("paid order")),
    entry(f"POST {REFUND_PAGE}/amount", P.PAYMENT_REFUND, number=the("paid order"), body=FORM),
    entry(f"POST {REFUND_PAGE}", P.PAYMENT_REFUND, "refund", "refund_line", "outbox_event", number=the("paid order"),
          body=FORM),
    entry(f"POST {STEPS}/attempts", P.PAYMENT_REFUND, "refund", "outbox_event", refund_id=the("failed refund"),
          body={"way": "original"}),
    entry(f"POST {STEPS}/payee", P.PAYMENT_REFUND, "order_history", refund_id=the("payout")),
    entry(f"POST {STEPS}/payee/removal", P.PAYMENT_REFUND, "refund", "outbox_event", refund_id=the("payout")),
    entry(f"POST {STEPS}/payout", P.PAYMENT_REFUND, "refund", "payment_entry", refund_id=the("payout"),
          body={"reference": "UTR 1"}),
    entry("POST /staff/customers/<int:user_id>/credit", P.CREDIT_UPDATE, "store_credit", "store_credit_entry",
          user_id=the("buyer"), body={"way": "give", "amount": "100", "reason": "Sorry", "key": "a-key-of-this-form"}),
    entry("GET /order/<token>/refunds/<int:refund_id>", Who.ANYONE, token=the("payout token"),
          refund_id=the("waiting payout")),
    entry("POST /order/<token>/refunds/<int:refund_id>", Who.ANYONE, "refund", token=the("payout token"),
          refund_id=the("waiting payout"), body={"upi_id": "asha@okaxis"}),
    entry("GET /account/credit", Who.SIGNED_IN),
    entry(f"GET {API}/my", Who.SIGNED_IN, query={"order_id": mine("paid order id", alike=200)}),
    entry(f"GET {API}/my/<key:payment_id>", Who.SIGNED_IN, payment_id=mine("payment")),
    entry(f"GET {API}/", P.PAYMENT_READ, query={"order_id": the("paid order id", alike=200)}),
    entry(f"GET {API}/<key:payment_id>", P.PAYMENT_READ, payment_id=the("paid payment")),
    entry(f"PUT {API}/<key:payment_id>/status", P.PAYMENT_COLLECT, "payment", payment_id=the("cash payment"),
          body={"payment_status_id": "paid"}),
    entry(f"GET {API}/<key:payment_id>/refunds", P.PAYMENT_READ, payment_id=the("paid payment")),
    entry(f"POST {API}/<key:payment_id>/refunds", P.PAYMENT_REFUND, "refund", "refund_line", "outbox_event",
          payment_id=the("paid payment"), body={"amount": "50.00", "reason": "Faded"}),
    entry(f"POST {API}/<key:payment_id>/refunds/<key:refund_id>/attempts", P.PAYMENT_REFUND, "refund", "outbox_event",
          payment_id=the("paid payment"), refund_id=the("failed refund"), body={"to": "original"}),
    *MASKED,
]  # fmt: skip


def payments() -> dict[str, Any]:
    """A paid order, cash that is due, a refund that failed, and payouts with and without an account."""
    paid, cash, collected = a_paid_order(), an_order_id(), an_order_id()
    order, given = db.session.get_one(Order, paid), db.session.get_one(Order, collected)
    failed = refunds.refund(order, Wanted("Faded", amount=Money(100)), OPERATOR)[0]
    refunds.record_failure(failed, "The card is closed.")
    record_cash(given, given.total, OPERATOR)
    named, waiting = (refunds.refund(given, Wanted("Faded", amount=Money(100)), OPERATOR)[0].id for _ in range(2))
    payouts.name_payee(given, named, Payee(upi_id="asha@okaxis"))
    found = {"paid order": order.number, "paid payment": _payment(paid), "cash payment": _payment(cash)}
    found |= {"failed refund": failed.id, "payout": named, "waiting payout": waiting, "payout token": given.token}
    db.session.commit()
    return found | {"paid order id": paid}


def payment_of(visitor: Visitor) -> dict[str, Any]:
    """A payment of somebody's, by a card and, as no bank would do it, by a UPI id as well."""
    order_id = a_paid_order(visitor=visitor)
    return {"payment": _payment(order_id), "paid order id": order_id}


def a_paid_order(**more: Any) -> int:
    """The id of an order that is paid."""
    order_id = an_order_id(payment="card", **more)
    pay(order_id)
    db.session.rollback()
    db.session.scalars(select(Payment).where(Payment.order_id == order_id)).one().upi_id = "asha@okaxis"
    db.session.commit()
    return order_id


def _payment(order_id: int) -> int:
    return db.session.scalars(select(Payment.id).where(Payment.order_id == order_id)).one()
