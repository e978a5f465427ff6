"""One payment as the owner sees it: what moved, refunds and their next steps."""

from __future__ import annotations

from flask import Response
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import page
from shop.lib.queries import one_or_404, rows
from shop.payments import finding
from shop.payments.finding import PaymentFilter
from shop.payments.gateways import CASH
from shop.payments.masks import masked_name, paid_with
from shop.payments.models import Payment, PaymentEntry, Refund
from shop.payments.payouts import Payee
from shop.payments.queries import refundable
from shop.payments.retrying import can_retry
from shop.payments.states import PAYMENT_NEXT, PaymentState
from shop.staff.forms import StaffForm
from shop.staff.forms.payments import CashStatusForm, PayoutForm, RetryForm


def payment_page(payment_id: int, status: int = 200, *, seen: dict[int, Payee] | None = None,
                 **typed: StaffForm) -> Response:  # fmt: skip
    """The page of a payment; `typed` holds forms that were refused: `status_form`, or `payout_` or `retry_` and a
    refund's id.

    `seen` is an account that is shown this once, by the refund it is for.
    """
    payment = one_or_404(finding.payments_matching(PaymentFilter()).where(Payment.id == payment_id))
    refunds = rows(select(Refund).where(Refund.payment_id == payment_id).order_by(Refund.id))
    is_cash = payment.provider == CASH and bool(PAYMENT_NEXT.get(PaymentState(payment.state)))
    return page(
        "staff/payments/show.html",
        status,
        payment=payment,
        standing=finding.told([payment])[0].status,
        paid_with=paid_with(payment),
        holder=masked_name(payment.holder) if payment.holder else "–",
        entries=rows(select(PaymentEntry).where(PaymentEntry.payment_id == payment_id).order_by(PaymentEntry.id)),
        refunds=refunds,
        payout_forms={one.id: typed.get(f"payout_{one.id}") or PayoutForm(formdata=None) for one in refunds},
        retry_forms={one.id: typed.get(f"retry_{one.id}") or _retry_form(one) for one in refunds if can_retry(one)},
        status_form=typed.get("status_form") or CashStatusForm(formdata=None),
        seen=seen or {},
        left=refundable(payment),
        may_set=is_cash and visitor().can(Permission.PAYMENT_COLLECT),
        may_refund=visitor().can(Permission.PAYMENT_REFUND),
    )


def _retry_form(refund: Refund) -> RetryForm:
    return RetryForm(formdata=None, has_account=refund.payment.order.user_id is not None)


def refund_at(refund_id: int) -> Refund:
    """A refund, or NotFound."""
    return one_or_404(select(Refund).where(Refund.id == refund_id))
