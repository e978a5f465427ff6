"""Reads of payments and what is left of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select, type_coerce
from sqlalchemy.orm import selectinload

from shop.extensions import db
from shop.lib.columns import MoneyColumn
from shop.lib.money import ZERO, Money, total
from shop.orders.models import Order
from shop.orders.paid import line_paid
from shop.payments.gateways import CASH
from shop.payments.models import Payment, PaymentEntry, Refund, RefundLine
from shop.payments.parts import DELIVERY, Part
from shop.payments.states import PaymentState, RefundState


def payments_of(order_id: int) -> Select[Payment]:
    """An order's payments, oldest first."""
    return select(Payment).where(Payment.order_id == order_id).order_by(Payment.id)


def refunds_of(order_id: int) -> Select[Refund]:
    """An order's refunds with their lines, oldest first."""
    found = select(Refund).join(Payment).where(Payment.order_id == order_id).order_by(Refund.id)
    return found.options(selectinload(Refund.lines).joinedload(RefundLine.order_line))


def captured(order_id: int) -> Money:
    """What an order's payments brought in for it, before refunds: what went back as excess is none of it."""
    return _brought_in(Payment.order_id == order_id)


def due(order: Order) -> Money:
    """What is left to pay of an order, whatever way."""
    return order.total - captured(order.id)


def asked_now(order: Order, due: Money) -> Money:
    """What is asked of an order next, of which so much is due: the part before cash, or all of it."""
    part = order.prepaid - (order.total - due)
    return part if part > ZERO else due


def cash_agreed(order: Order) -> Money:
    """What of an order is to be paid in cash at the door: all that no other tender brought in."""
    if not order.is_cash:
        return ZERO
    return max(order.total - _brought_in(Payment.order_id == order.id, Payment.provider != CASH), ZERO)


def cash_told(orders: list[Order]) -> dict[int, tuple[Money, bool]]:
    """Of each order, by id: what `cash_agreed` says, and whether all of it came in."""
    of_order, in_cash = Payment.order_id == Order.id, Payment.provider == CASH
    found = select(Order.id, _left_of_taken(of_order, ~in_cash), _left_of_taken(of_order, in_cash))
    taken = db.session.execute(found.where(Order.id.in_([order.id for order in orders])))
    came_in = {order_id: (otherwise, cash) for order_id, otherwise, cash in taken}
    return {order.id: _cash_told(order, *came_in[order.id]) for order in orders}


def _cash_told(order: Order, otherwise: Money, cash: Money) -> tuple[Money, bool]:
    agreed = max(order.total - otherwise, ZERO) if order.is_cash else ZERO
    return agreed, ZERO < agreed <= cash


def open_cash(order_id: int) -> Money:
    """What of an order's cash is still waited for."""
    still = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.order_id == order_id)
    return db.session.scalar(still.where(Payment.provider == CASH, Payment.state == PaymentState.PENDING)) or ZERO


def has_cash(order_id: int) -> bool:
    """Whether cash came in for an order."""
    found = select(Payment.id).where(Payment.order_id == order_id, Payment.provider == CASH)
    return db.session.scalar(found.where(Payment.state == PaymentState.PAID).limit(1)) is not None


def refundable(payment: Payment) -> Money:
    """What is left of a payment: captured, less every refund that is done or pending."""
    pending = select(func.coalesce(func.sum(Refund.amount), 0)).where(
        Refund.payment_id == payment.id, Refund.state != RefundState.FAILED
    )
    return _entries(PaymentEntry.kind == "captured", Payment.id == payment.id) - (db.session.scalar(pending) or ZERO)


def left_of(order: Order) -> list[Part]:
    """What was paid and not yet given back, counting pending refunds: each line's units, last what is not for lines."""
    gone = {row.line_id: row for row in db.session.execute(_given_back(order.id))}
    nothing = Part(DELIVERY, 0, ZERO)
    lefts = [
        Part(line.id, line.quantity - back.units, line_paid(line) - back.amount)
        for line in order.lines
        for back in [gone.get(line.id, nothing)]
    ]
    beside = order.total - total([line_paid(line) for line in order.lines])
    return [*lefts, Part(DELIVERY, 0, beside - _delivery_given_back(order.id))]


def _given_back(order_id: int) -> Select[int, int, Money]:
    units, amount = func.sum(RefundLine.units).label("units"), func.sum(RefundLine.amount).label("amount")
    found = select(RefundLine.order_line_id.label("line_id"), units, amount).join(Refund).join(Payment)
    live = found.where(Payment.order_id == order_id, Refund.state != RefundState.FAILED)
    return live.group_by(RefundLine.order_line_id)


def _delivery_given_back(order_id: int) -> Money:
    found = select(func.coalesce(func.sum(Refund.delivery), 0)).join(Payment)
    return db.session.scalar(found.where(Payment.order_id == order_id, Refund.state != RefundState.FAILED)) or ZERO


def _entries(*conditions: object) -> Money:
    found = select(func.coalesce(func.sum(PaymentEntry.amount), 0)).join(Payment).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(found) or ZERO


def _brought_in(*conditions: ColumnElement[bool]) -> Money:
    return db.session.scalar(select(_left_of_taken(*conditions))) or ZERO


def _left_of_taken(*conditions: ColumnElement[bool]) -> ColumnElement[Money]:
    taken = select(func.coalesce(func.sum(PaymentEntry.amount), 0)).join(Payment)
    taken = taken.where(PaymentEntry.kind == "captured", *conditions)
    excess = select(func.coalesce(func.sum(Refund.excess), 0)).join(Payment)
    excess = excess.where(Refund.state != RefundState.FAILED, *conditions)
    return type_coerce(taken.scalar_subquery() - excess.scalar_subquery(), MoneyColumn)


def pending_refunds_of(user_id: int) -> Select[str]:
    """Numbers of a person's orders that money is still owed back for."""
    owed = select(Order.number).join(Payment, Payment.order_id == Order.id).join(Refund)
    return owed.where(Order.user_id == user_id, Refund.state == RefundState.PENDING).distinct().order_by(Order.number)
