"""Refunds of cash, and what a bank refused: the buyer names an account, once; the owner sends it there and notes it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy import select

from shop.extensions import db
from shop.lib import states
from shop.lib.events import emit
from shop.lib.queries import one_or_404
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.payments.errors import NoPayout, PayeeUnknown
from shop.payments.events import PayeeAsked
from shop.payments.masks import masked_account, masked_upi
from shop.payments.models import Payment, Refund
from shop.payments.refunds import record_refund, refuse_known_reference
from shop.payments.states import RefundState, RefundWay


@dataclass(frozen=True)
class Payee:
    """Where money is sent: a UPI id, or a bank account with the code of its branch and its holder's name."""

    upi_id: str = ""
    name: str = ""
    account: str = ""
    branch: str = ""

    @property
    def shown(self) -> str:
        """What everybody may see of it."""
        return masked_upi(self.upi_id) if self.upi_id else f"Account {masked_account(self.account)}"


def name_payee(order: Order, refund_id: int, payee: Payee) -> Refund:
    """Note where a refund of the order goes; once, so that nobody turns it away while it is paid. Raises NoPayout."""
    found = _locked(refund_id, order.id)
    if not found.waits_for_payee:
        raise NoPayout
    states.change_row(found, RefundState.PENDING, payee=json.dumps(asdict(payee)), payee_shown=payee.shown)
    return found


def ask_again(refund_id: int) -> Refund:
    """Forget an account that does not work; the buyer is asked for another. Raises PayeeUnknown."""
    found = _locked(refund_id)
    payee_of(found)
    states.change_row(found, RefundState.PENDING, payee=None, payee_shown=None, attempt=found.attempt + 1)
    emit(PayeeAsked(found.payment.order_id, found.id))
    return found


def payee_of(refund: Refund) -> Payee:
    """The whole account, for whoever sends the money. Raises PayeeUnknown."""
    if refund.way != RefundWay.PAYOUT or refund.payee is None:
        raise PayeeUnknown
    return Payee(**json.loads(refund.payee))


def note_payout(refund_id: int, reference: str) -> Refund:
    """The owner has sent the money. Raises PayeeUnknown, ReferenceUsed or WrongState."""
    found = _locked(refund_id)
    if found.state == RefundState.PENDING:
        payee_of(found)
    refuse_known_reference(found, reference)
    record_refund(found, reference)
    return found


def _locked(refund_id: int, order_id: int | None = None) -> Refund:
    wanted = select(Refund).join(Payment).where(Refund.id == refund_id)
    found = one_or_404(wanted if order_id is None else wanted.where(Payment.order_id == order_id))
    lock_order(found.payment.order_id)
    db.session.refresh(found)
    return found
