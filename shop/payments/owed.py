"""Refunds that wait for a provider although nobody asks it any more, because all tries are used up."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select

from shop.extensions import db
from shop.lib.events import emit
from shop.lib.models import OutboxEvent
from shop.payments.events import RefundOwed
from shop.payments.models import Payment, Refund
from shop.payments.states import RefundState, RefundWay

BATCH = 100


def ask_again(*conditions: ColumnElement[bool]) -> int:
    """Owe such refunds anew; returns how many. Asking twice is harmless: the provider knows each by its key."""
    is_owed = exists().where(
        OutboxEvent.event == RefundOwed.__name__,
        OutboxEvent.subject_id == Refund.id,
        OutboxEvent.done_at.is_(None),
        OutboxEvent.dead_at.is_(None),
    )
    waiting = select(Refund.id).join(Payment).where(Refund.state == RefundState.PENDING, ~is_owed, *conditions)
    found = list(db.session.scalars(waiting.where(Refund.way == RefundWay.ORIGINAL).order_by(Refund.id).limit(BATCH)))
    for refund_id in found:
        emit(RefundOwed(refund_id))
    return len(found)
