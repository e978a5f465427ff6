"""Refunds that a provider refused: tried again, or sent another way."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from shop.extensions import db
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.money import ZERO
from shop.lib.queries import one_or_404
from shop.orders.models import Order
from shop.orders.services import lock_order, record
from shop.payments import queries
from shop.payments.errors import NoAccountForCredit, TooMuchToRefund
from shop.payments.models import Refund
from shop.payments.parts import DELIVERY, Part
from shop.payments.refunds import begin
from shop.payments.states import REFUND_NEXT, RefundState, RefundWay

ELSEWHERE = {RefundWay.CREDIT: "goes to store credit", RefundWay.PAYOUT: "goes to an account the customer names"}


def retry(refund_id: int, by: Actor, way: RefundWay = RefundWay.ORIGINAL) -> Refund:
    """Try a failed refund once more under another name for the provider, or send it as store credit or to an account.

    It stays the same refund, so of two who try one does. Raises WrongState, TooMuchToRefund or NoAccountForCredit.
    """
    found = one_or_404(select(Refund).where(Refund.id == refund_id))
    order = lock_order(found.payment.order_id)
    db.session.refresh(found)
    if found.state == RefundState.FAILED:
        _refuse_too_much(found, order, {left.line_id: left for left in queries.left_of(order)})
    if way == RefundWay.CREDIT and order.user_id is None:
        raise NoAccountForCredit
    states.move(found, RefundState.PENDING, REFUND_NEXT, failure=None, way=way, attempt=found.attempt + 1)
    if way != RefundWay.ORIGINAL:
        record(order, order.state, order.state, by, f"Refund {found.id}, which the bank refused, {ELSEWHERE[way]}")
    begin(found, order, by)
    return found


def can_retry(found: Refund) -> bool:
    """Whether a refund failed, and what it is for was not given back otherwise since."""
    if found.state != RefundState.FAILED:
        return False
    order = found.payment.order
    try:
        _refuse_too_much(found, order, {left.line_id: left for left in queries.left_of(order)})
    except TooMuchToRefund:
        return False
    return True


def _refuse_too_much(found: Refund, order: Order, left: Mapping[int, Part]) -> None:
    """What failed counted as not given back: others may have given it back since."""
    if found.amount > queries.refundable(found.payment) or found.delivery > left[DELIVERY].amount:
        raise TooMuchToRefund
    if found.excess > max(-queries.due(order), ZERO):
        raise TooMuchToRefund
    for line in found.lines:
        there = left.get(line.order_line_id)
        if there is None or line.units > there.units or line.amount > there.amount:
            raise TooMuchToRefund(line.order_line.name)
