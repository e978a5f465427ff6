"""Payments as the owner finds them, and one with everything that moved (PAY-06)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404, page_within
from shop.payments import finding
from shop.payments.finding import PaymentFilter
from shop.payments.masks import paid_with
from shop.payments.models import Payment
from shop.payments.services import set_by_hand
from shop.payments.states import PaymentState
from shop.staff.forms.paging import page_number
from shop.staff.forms.payments import CashStatusForm, PaymentFilterForm
from shop.staff.payment_page import payment_page

bp = Blueprint("staff_payments", __name__, url_prefix="/staff/payments")
bp.before_request(require_permission)
MOST_LISTED = 10_000


@bp.get("")
@needs(Permission.PAYMENT_READ)
def index() -> Response:
    """All payments, by search and filters, with what they come to."""
    form = PaymentFilterForm(request.args)
    matching = finding.payments_matching(form.wanted())
    found = page_within(matching, page_number(request.args), MOST_LISTED)
    taken, given = finding.sums_of(matching)
    return page(
        "staff/payments/index.html",
        form=form,
        payments=found,
        told=finding.told(found.items),
        paid_with=paid_with,
        taken=taken,
        given=given,
        page_url=lambda number: url_for(".index", **form.kept(page=number)),
    )


@bp.get("/<int:payment_id>")
@needs(Permission.PAYMENT_READ)
def show(payment_id: int) -> Response:
    return payment_page(payment_id)


@bp.post("/<int:payment_id>/status")
@needs(Permission.PAYMENT_COLLECT)
def set_status(payment_id: int) -> Response:
    """Say how a payment in cash stands."""
    form = CashStatusForm()
    if not form.validate():
        return payment_page(payment_id, 422, status_form=form)
    set_by_hand(_payment(payment_id), PaymentState(form.status.data), visitor().actor)
    flash("Saved.", "good")
    return go_to(url_for(".show", payment_id=payment_id))


def _payment(payment_id: int) -> Payment:
    return one_or_404(finding.payments_matching(PaymentFilter()).where(Payment.id == payment_id))
