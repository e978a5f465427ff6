"""With which UPI id a payment was made, masked (PAY-04)."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, needs, signed_in, total_of
from shop.api.schemas.payments import UpiDetails, UpiQuery
from shop.lib.queries import one_or_404, slice_of
from shop.payments.finding import PaymentFilter, payments_made_by, payments_matching
from shop.payments.masks import masked_upi
from shop.payments.models import Payment

bp = ApiBlueprint("upi_details", "upi-details", "With which UPI id a payment was made, masked")
reads = needs(Permission.PAYMENT_READ)
HAS_UPI = Payment.upi_id.is_not(None)


@bp.get("/my/by-payment/<key:payment_id>")
@signed_in
@bp.response(200, UpiDetails)
def show_mine(payment_id: int) -> dict[str, Any]:
    """The UPI id of one of the person's payments."""
    return _told(one_or_404(payments_made_by(visitor()).where(Payment.id == payment_id, HAS_UPI)))


@bp.get("/")
@reads
@bp.query(UpiQuery)
@bp.lists(UpiDetails)
def index(query: dict[str, Any]) -> Any:
    """The UPI ids of all payments, newest first."""
    wanted = PaymentFilter(user_id=query.get("user_id"), order_id=query.get("order_id"))
    payments = payments_matching(wanted).where(HAS_UPI)
    if "payment_id" in query:
        payments = payments.where(Payment.id == query["payment_id"])
    if "upi_id" in query:
        payments = payments.where(Payment.upi_id == query["upi_id"].lower())
    found = slice_of(payments, query["skip"], query["limit"])
    return [_told(payment) for payment in found.items], total_of(found.total)


@bp.get("/by-payment/<key:payment_id>")
@reads
@bp.response(200, UpiDetails)
def show(payment_id: int) -> dict[str, Any]:
    """The UPI id of a payment."""
    return _told(one_or_404(payments_matching(PaymentFilter()).where(Payment.id == payment_id, HAS_UPI)))


def _told(payment: Payment) -> dict[str, Any]:
    return {
        "payment_id": payment.id, "order_id": payment.order_id, "upi_id": masked_upi(payment.upi_id or "")
    }  # fmt: skip
