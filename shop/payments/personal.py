"""What payments know of people. The ledger's numbers stay; with which card or address they paid goes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.personal import FORMER, Because, Holding, some_of
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.payments.models import Payment, Refund

PAYMENT = ("method", "provider", "reference", "amount", "currency", "state", "brand", "last_four", "holder",
           "expires", "upi_id", "failure", "created_at", "paid_at")  # fmt: skip
REFUND = ("amount", "reason", "state", "way", "payee_shown", "created_at", "done_at")
CARD = ("brand", "last_four", "holder", "expires", "token", "upi_id")


def _payments(user_id: int) -> list[dict[str, Any]]:
    found = rows(select(Payment).join(Payment.order).where(Order.user_id == user_id).order_by(Payment.id))
    return [{"order": one.order.number} | some_of(one, *PAYMENT) | {"refunds": _refunds(one.id)} for one in found]


def _refunds(payment_id: int) -> list[dict[str, Any]]:
    return [some_of(one, *REFUND) for one in rows(select(Refund).where(Refund.payment_id == payment_id))]


def _forget_payer(user_id: int) -> None:
    mine = select(Payment.id).join(Payment.order).where(Order.user_id == user_id)
    name = db.session.get_one(User, user_id).name
    cards = update(Payment).where(Payment.id.in_(mine)).values(dict.fromkeys(CARD))
    named = update(Refund).where(Refund.payment_id.in_(mine)).values(payee=None, payee_shown=None)
    asked = update(Refund).where(Refund.payment_id.in_(mine), Refund.actor == name)
    for statement in (cards, named, asked.values(actor=" ".join(FORMER), reason="")):
        db.session.execute(statement.execution_options(synchronize_session=False))


HOLDINGS = (
    Holding(("payment", "refund"), "payments.json", _payments, _forget_payer),
    Holding(("sandbox_intent",), "", Because("The bank's own book, which the shop does not read."),
            Because("The bank's own book, which the shop does not change.")),
)  # fmt: skip
