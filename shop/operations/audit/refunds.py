"""What refunds say they are for, and store credit against its ledger."""

from __future__ import annotations

from sqlalchemy import func, select

from shop.extensions import db
from shop.orders.models import Order, OrderLine
from shop.payments.models import Payment, Refund, RefundLine
from shop.payments.states import RefundState, RefundWay
from shop.promotions.credit.models import StoreCredit, StoreCreditEntry


def refunds_that_differ_from_lines() -> list[str]:
    """Refunds whose lines, delivery and excess come to something else than their amount."""
    lines = select(func.coalesce(func.sum(RefundLine.amount), 0)).where(RefundLine.refund_id == Refund.id)
    wrong = select(Refund.id).where(lines.scalar_subquery() + Refund.delivery + Refund.excess != Refund.amount)
    return [f"refund {id}" for id in db.session.scalars(wrong.order_by(Refund.id))]


def lines_given_back_twice() -> list[str]:
    """Order lines of which more units, or more money, went or goes back than was paid."""
    units, amount = func.sum(RefundLine.units), func.sum(RefundLine.amount)
    wrong = (
        select(OrderLine.id)
        .join(RefundLine, RefundLine.order_line_id == OrderLine.id)
        .join(Refund, Refund.id == RefundLine.refund_id)
        .where(Refund.state != RefundState.FAILED)
        .group_by(OrderLine.id)
        .having((units > OrderLine.quantity) | (amount > OrderLine.total + OrderLine.tax_added))
    )
    return [f"order line {id}" for id in db.session.scalars(wrong)]


def refunds_that_differ_from_orders() -> list[str]:
    """Orders that know of other money that went back than their refunds, without what was paid above their total."""
    done = select(func.coalesce(func.sum(Refund.amount - Refund.excess), 0)).join(Payment)
    done = done.where(Payment.order_id == Order.id, Refund.state == RefundState.DONE)
    wrong = select(Order.number).where(Order.refunded != done.scalar_subquery())
    return [f"order {number}" for number in db.session.scalars(wrong)]


def credit_that_differs_from_ledger() -> list[str]:
    """People whose store credit is not the sum of its ledger."""
    summed = select(StoreCreditEntry.user_id, func.sum(StoreCreditEntry.amount).label("amount"))
    ledger = summed.group_by(StoreCreditEntry.user_id).subquery()
    balances = select(func.coalesce(StoreCredit.user_id, ledger.c.user_id))
    both = balances.join_from(StoreCredit, ledger, ledger.c.user_id == StoreCredit.user_id, full=True)
    wrong = both.where(func.coalesce(StoreCredit.balance, 0) != func.coalesce(ledger.c.amount, 0))
    return [f"person {user_id}" for user_id in db.session.scalars(wrong)]


def credit_refunds_without_credit() -> list[str]:
    """Refunds to store credit whose customer was given something else, or nothing."""
    given = (StoreCreditEntry.refund_id == Refund.id) & (StoreCreditEntry.amount == Refund.amount)
    wrong = select(Refund.id).outerjoin(StoreCreditEntry, given)
    wrong = wrong.where(Refund.way == RefundWay.CREDIT, StoreCreditEntry.id.is_(None))
    return [f"refund {id}" for id in db.session.scalars(wrong.order_by(Refund.id))]
