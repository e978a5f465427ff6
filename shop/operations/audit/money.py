"""Payments and refunds against their ledger and their orders."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, case, func, select, type_coerce

from shop.extensions import db
from shop.lib.columns import MoneyColumn
from shop.lib.money import Money
from shop.orders.models import Order
from shop.orders.states import NO_REVENUE, SETTLED, PaymentStanding
from shop.payments.cash import NOT_COLLECTED
from shop.payments.gateways import CASH
from shop.payments.models import Payment, PaymentEntry, Refund
from shop.payments.states import PaymentState, RefundState


def captures_above_total() -> list[str]:
    """Orders that took more than their total, and owe nobody the rest of it: also not after a provider refused that."""
    refused = _excess(Refund.state == RefundState.FAILED)
    wrong = _sums().where(_captured() > Order.total + refused)
    return [f"order {row.number}: captured {row.captured}" for row in db.session.execute(wrong)]


def refunds_above_captures() -> list[str]:
    """Payments that gave, or owe, back more than they took."""
    taken = select(Payment.id, func.coalesce(func.sum(PaymentEntry.amount), 0).label("amount"))
    taken_by = (
        taken.outerjoin(PaymentEntry, (PaymentEntry.payment_id == Payment.id) & (PaymentEntry.kind == "captured"))
        .group_by(Payment.id)
        .subquery()
    )
    owed = (
        select(Refund.payment_id, func.sum(Refund.amount).label("amount"))
        .where(Refund.state != RefundState.FAILED)
        .group_by(Refund.payment_id)
        .subquery()
    )
    wrong = (
        select(taken_by.c.id).join(owed, owed.c.payment_id == taken_by.c.id).where(owed.c.amount > taken_by.c.amount)
    )
    return [f"payment {payment_id}" for payment_id in db.session.scalars(wrong)]


def standings_that_differ() -> list[str]:
    """Orders that stand as paid and are not covered, or the other way round; one that costs nothing is paid."""
    return [
        f"order {row.number} stands as {row.standing}: captured {row.captured.minor}"
        for row in db.session.execute(_sums())
        if row.standing != _standing(min(row.captured, row.total), row.refunded, row.total - row.given_up, row.standing)
        and (row.total or row.standing != PaymentStanding.PAID)
    ]


def payments_that_differ_from_ledger() -> list[str]:
    """Payments whose state and captured sum do not fit."""
    taken = func.coalesce(func.sum(PaymentEntry.amount), 0)
    expected = case((Payment.state == PaymentState.PAID, Payment.amount), else_=0)
    wrong = (
        select(Payment.id, Payment.state)
        .outerjoin(PaymentEntry, (PaymentEntry.payment_id == Payment.id) & (PaymentEntry.kind == "captured"))
        .group_by(Payment.id)
        .having(taken != expected)
    )
    return [f"payment {row.id} is {row.state}" for row in db.session.execute(wrong)]


def refunds_that_differ_from_ledger() -> list[str]:
    """Payments whose done refunds are not the sum of their refund entries."""
    given = (
        select(PaymentEntry.payment_id, func.sum(-PaymentEntry.amount).label("amount"))
        .where(PaymentEntry.kind == "refunded")
        .group_by(PaymentEntry.payment_id)
        .subquery()
    )
    done = (
        select(Refund.payment_id, func.sum(Refund.amount).label("amount"))
        .where(Refund.state == RefundState.DONE)
        .group_by(Refund.payment_id)
        .subquery()
    )
    wrong = (
        select(Payment.id)
        .outerjoin(given, given.c.payment_id == Payment.id)
        .outerjoin(done, done.c.payment_id == Payment.id)
        .where(func.coalesce(given.c.amount, 0) != func.coalesce(done.c.amount, 0))
    )
    return [f"payment {payment_id}" for payment_id in db.session.scalars(wrong)]


def _standing(captured: Money, refunded: Money, due: Money, now_stands: str) -> str:
    if not captured:
        return now_stands if now_stands not in SETTLED else PaymentStanding.PENDING
    if refunded:
        return PaymentStanding.REFUNDED if refunded >= captured else PaymentStanding.PARTLY_REFUNDED
    if captured >= due:
        return PaymentStanding.PAID
    return now_stands if now_stands == PaymentStanding.FAILED else PaymentStanding.PENDING


def _captured() -> ColumnElement[Money]:
    """What came in for the order: less what is owed, or went, back as excess."""
    mine = select(func.coalesce(func.sum(PaymentEntry.amount), 0)).join(Payment)
    mine = mine.where(Payment.order_id == Order.id, PaymentEntry.kind == "captured")
    return type_coerce(mine.scalar_subquery() - _excess(Refund.state != RefundState.FAILED), MoneyColumn)


def _excess(condition: ColumnElement[bool]) -> ColumnElement[Money]:
    found = select(func.coalesce(func.sum(Refund.excess), 0)).join(Payment).where(Payment.order_id == Order.id)
    return type_coerce(found.where(condition).scalar_subquery(), MoneyColumn)


def _given_up() -> object:
    """Cash of parcels that came back, of orders that go on; of one that took no money at all it says nothing."""
    theirs = select(func.coalesce(func.sum(Payment.amount), 0)).where(
        Payment.order_id == Order.id, Order.state.not_in(NO_REVENUE)
    )
    is_given_up = (Payment.state == PaymentState.CANCELLED) & (Payment.failure == NOT_COLLECTED)
    return theirs.where(Payment.provider == CASH, is_given_up).scalar_subquery()


def _sums() -> Select[str, str, Money, Money, Money, Money]:
    done = select(type_coerce(func.coalesce(func.sum(Refund.amount - Refund.excess), 0), MoneyColumn)).join(Payment)
    refunded = done.where(Payment.order_id == Order.id, Refund.state == RefundState.DONE).scalar_subquery()
    columns = (
        Order.number,
        Order.payment_standing.label("standing"),
        Order.total,
        _captured().label("captured"),
        refunded.label("refunded"),
        _given_up().label("given_up"),  # type: ignore[attr-defined]
    )
    return select(*columns)
