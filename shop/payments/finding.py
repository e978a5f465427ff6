"""Payments as the owner and apps look for them: narrowed, newest first, with what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.orders.states import PaymentStanding
from shop.payments.models import Payment, PaymentEntry, Refund
from shop.payments.states import PaymentState, RefundState


@dataclass(frozen=True)
class PaymentFilter:
    """What is looked for; what is empty narrows nothing. `status` is a code of the payment status lookup."""

    text: str = ""
    method: str = ""
    provider: str = ""
    status: str = ""
    since: datetime | None = None
    until: datetime | None = None
    user_id: int | None = None
    order_id: int | None = None


@dataclass(frozen=True)
class Told:
    """A payment, and what of it went back."""

    payment: Payment
    refunded: Money

    @property
    def status(self) -> str:
        """How it stands, as a code of the payment status lookup."""
        if not self.refunded:
            return self.payment.state
        is_all = self.refunded >= self.payment.amount
        return PaymentStanding.REFUNDED if is_all else PaymentStanding.PARTLY_REFUNDED


def payments_matching(wanted: PaymentFilter) -> Select[Payment]:
    """Payments with their orders, newest first."""
    found = select(Payment).join(Payment.order).options(contains_eager(Payment.order)).where(*_conditions(wanted))
    return found.order_by(Payment.id.desc())


def payments_made_by(visitor: Visitor) -> Select[Payment]:
    """A signed-in person's payments with their orders, newest first."""
    return payments_matching(PaymentFilter(user_id=visitor.user_id or 0))


def sums_of(payments: Select[Payment]) -> tuple[Money, Money]:
    """What payments brought in, and what of it went back."""
    ids = payments.with_only_columns(Payment.id).order_by(None)
    moved = func.sum(PaymentEntry.amount)
    found = select(moved.filter(PaymentEntry.kind == "captured"), moved.filter(PaymentEntry.kind == "refunded"))
    taken, given = db.session.execute(found.where(PaymentEntry.payment_id.in_(ids))).one()
    return taken or ZERO, -(given or ZERO)


def told(payments: Sequence[Payment]) -> list[Told]:
    """Payments with what of each went back, in one statement."""
    found = select(Refund.payment_id, func.sum(Refund.amount)).where(
        Refund.payment_id.in_([payment.id for payment in payments]), Refund.state == RefundState.DONE
    )
    gone = dict(db.session.execute(found.group_by(Refund.payment_id)).all())
    return [Told(payment, gone.get(payment.id, ZERO)) for payment in payments]


def _conditions(wanted: PaymentFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        found.append(_says(wanted.text))
    for column, value in ((Payment.method, wanted.method), (Payment.provider, wanted.provider)):
        if value:
            found.append(column == value)
    if wanted.status:
        found.append(_stands(wanted.status))
    if wanted.since:
        found.append(Payment.created_at >= wanted.since)
    if wanted.until:
        found.append(Payment.created_at < wanted.until)
    for key, number in ((Order.user_id, wanted.user_id), (Payment.order_id, wanted.order_id)):
        if number is not None:
            found.append(key == number)
    return found


def _says(text: str) -> ColumnElement[bool]:
    return or_(*(column.icontains(text, autoescape=True) for column in (Order.number, Payment.upi_id,
                                                                        Payment.reference)))  # fmt: skip


def _stands(status: str) -> ColumnElement[bool]:
    gone = select(func.coalesce(func.sum(Refund.amount), 0)).where(
        Refund.payment_id == Payment.id, Refund.state == RefundState.DONE
    )
    given = gone.scalar_subquery()
    if status == PaymentStanding.REFUNDED:
        return given >= Payment.amount
    if status == PaymentStanding.PARTLY_REFUNDED:
        return and_(given > 0, given < Payment.amount)
    return and_(Payment.state == status, given == 0) if status == PaymentState.PAID else Payment.state == status
