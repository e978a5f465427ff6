"""What is done about a refund that is not done: tried again, sent another way, or paid by hand to an account."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to
from shop.orders.services import record
from shop.payments import payouts, retrying
from shop.payments.models import Refund
from shop.payments.states import RefundWay
from shop.staff.forms.payments import PayoutForm, RetryForm
from shop.staff.payment_page import payment_page, refund_at

bp = Blueprint("staff_payouts", __name__, url_prefix="/staff/refunds/<int:refund_id>")
bp.before_request(require_permission)
refunder = needs(Permission.PAYMENT_REFUND)
SENT = {
    RefundWay.ORIGINAL: "The bank is asked again.",
    RefundWay.CREDIT: "The money is in the customer's store credit.",
    RefundWay.PAYOUT: "The customer is asked for an account.",
}


@bp.post("/attempts")
@refunder
@confirmed
def retry(refund_id: int) -> Response:
    """Ask the provider once more, or send the money another way."""
    found = refund_at(refund_id)
    form = RetryForm(has_account=found.payment.order.user_id is not None)
    if not form.validate():
        return payment_page(found.payment_id, 422, **{f"retry_{refund_id}": form})
    way = RefundWay(form.way.data)
    return _done(retrying.retry(refund_id, visitor().actor, way), SENT[way])


@bp.post("/payee")
@refunder
@confirmed
def show_payee(refund_id: int) -> Response:
    """Show the whole account on this answer and nowhere else; who looked is written down."""
    found = refund_at(refund_id)
    payee, order = payouts.payee_of(found), found.payment.order
    record(order, order.state, order.state, visitor().actor, f"Looked at the account of refund {refund_id}")
    return payment_page(found.payment_id, seen={refund_id: payee})


@bp.post("/payee/removal")
@refunder
@confirmed
def ask_again(refund_id: int) -> Response:
    """Ask the customer for another account."""
    return _done(payouts.ask_again(refund_id), "The customer is asked again.")


@bp.post("/payout")
@refunder
@confirmed
def note(refund_id: int) -> Response:
    """The money was sent by hand."""
    form, found = PayoutForm(), refund_at(refund_id)
    if not form.validate():
        return payment_page(found.payment_id, 422, **{f"payout_{refund_id}": form})
    try:
        return _done(payouts.note_payout(refund_id, form.reference.data), "Noted: the money is sent.")
    except ShopError as error:
        form.blame(error)
        return payment_page(found.payment_id, error.status, **{f"payout_{refund_id}": form})


def _done(found: Refund, words: str) -> Response:
    flash(words, "good")
    return go_to(url_for("staff_payments.show", payment_id=found.payment_id))
