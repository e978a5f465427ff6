"""Tries refunds again that a provider refused."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from shop.extensions import db
from shop.lib import states
from shop.lib.events import emit
from shop.lib.money import ZERO
from shop.lib.queries import one_or_404
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.payments import queries
from shop.payments.errors import TooMuchToRefund
from shop.payments.events import RefundOwed
from shop.payments.models import Refund
from shop.payments.parts import DELIVERY, Part
from shop.payments.states import REFUND_NEXT, RefundState


def retry(refund_id: int) -> Refund:
    """Try a failed refund once more, under another name for the provider. Raises WrongState or TooMuchToRefund."""
    found = one_or_404(select(Refund).where(Refund.id == refund_id))
    order = lock_order(found.payment.order_id)
    db.session.refresh(found)
    if found.state == RefundState.FAILED:
        _refuse_too_much(found, order, {left.line_id: left for left in queries.left_of(order)})
    states.move(found, RefundState.PENDING, REFUND_NEXT, failure=None, attempt=found.attempt + 1)
    emit(RefundOwed(found.id))
    return found


def _refuse_too_much(found: Refund, order: Order, left: Mapping[int, Part]) -> None:
    """What failed counted as not given back: others may have given it back since."""
    if found.amount > queries.refundable(found.payment) or found.delivery > left[DELIVERY].amount:
        raise TooMuchToRefund
    if found.excess > max(-queries.due(order), ZERO):
        raise TooMuchToRefund
    for line in found.lines:
        if line.units > left[line.order_line_id].units or line.amount > left[line.order_line_id].amount:
            raise TooMuchToRefund(line.order_line.name)
