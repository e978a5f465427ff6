"""What followed from past orders, by the services that do it every day: uses of coupons, credit notes, store
credit, an order that was cut short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from shop.cli.demo.past import rest
from shop.cli.demo.past.money import OWNER
from shop.cli.demo.past.plans import Plan
from shop.extensions import db
from shop.invoices.events import InvoiceSent
from shop.invoices.models import Invoice
from shop.invoices.services import credit_refund, credit_unpaid_return
from shop.invoices.states import InvoiceKind
from shop.lib.actor import Actor
from shop.lib.models import OutboxEvent
from shop.lib.money import Money
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.payments.models import Payment, Refund
from shop.payments.states import RefundState
from shop.promotions.credit.services import give, spend
from shop.promotions.models import Redemption
from shop.promotions.redemptions import free, redeem

BY_OWNER = Actor("staff", OWNER)


def load(plans: list[Plan]) -> None:
    """Write them, dated as what they follow."""
    for plan in plans:
        if plan.used:
            _use_coupon(plan)
    _write_notes(plans)
    _give_credit(plans)
    rest.load(plans, BY_OWNER)


def _use_coupon(plan: Plan) -> None:
    redeem(db.session.get_one(Order, plan.id), plan.used)
    mine = update(Redemption).where(Redemption.order_id == plan.id)
    if plan.is_cancelled:
        free(plan.id)
        db.session.execute(mine.values(freed_at=plan.when[OrderState.CANCELLED]))
    db.session.execute(mine.values(created_at=plan.placed_at))


def _write_notes(plans: list[Plan]) -> None:
    """Credit notes in the order of what they are for; their mails are as past as they are."""
    for due in sorted([*_refunded(), *_unpaid(plans)], key=lambda one: one.at):
        if due.refund_id is None:
            credit_unpaid_return(due.order_id)
        else:
            credit_refund(due.order_id, due.refund_id)
        note = select(Invoice).where(Invoice.order_id == due.order_id, Invoice.kind == InvoiceKind.CREDIT_NOTE)
        for written in db.session.scalars(note):
            written.issued_at = due.at
    told = update(OutboxEvent).where(OutboxEvent.event == InvoiceSent.__name__)
    db.session.execute(told.values(done_at=OutboxEvent.created_at, claim=1))


@dataclass(frozen=True)
class Due:
    """A credit note that is to be written: for a refund, or for goods that came back unpaid."""

    at: datetime
    order_id: int
    refund_id: int | None = None


def _refunded() -> list[Due]:
    done = select(Refund.done_at, Payment.order_id, Refund.id).join(Payment, Payment.id == Refund.payment_id)
    found = db.session.execute(done.where(Refund.state == RefundState.DONE))
    return [Due(at, order_id, refund_id) for at, order_id, refund_id in found if at]


def _unpaid(plans: list[Plan]) -> list[Due]:
    back = [plan for plan in plans if plan.is_back and not plan.story.refunds]
    return [Due(plan.when[OrderState.RETURNED], plan.id) for plan in back]


def _give_credit(plans: list[Plan]) -> None:
    """To the customer whose password is known, and to whoever got a parcel late."""
    named = next(plan for plan in plans if plan.story.named and not plan.is_guest)
    late = next(plan for plan in plans if plan.story.parcels > 1 and not plan.is_guest)
    for plan in (named, late):
        give(plan.customer["id"], Money(50_000), "Sorry for the late parcel", BY_OWNER, order_id=plan.id)
    spend(late.customer["id"], Money(20_000), "Given twice by mistake", BY_OWNER)
    db.session.flush()
