"""With which card a payment was made, masked (PAY-04). The shop never has a card's number, so nothing is written."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, needs, signed_in, total_of
from shop.api.schemas.fields import Paging
from shop.api.schemas.payments import CardDetails
from shop.lib.queries import one_or_404, slice_of
from shop.payments.finding import PaymentFilter, payments_made_by, payments_matching
from shop.payments.masks import masked_account, masked_name
from shop.payments.models import Payment

bp = ApiBlueprint("card_details", "card-details", "With which card a payment was made, masked")
reads = needs(Permission.PAYMENT_READ)
IS_CARD = (Payment.method == "card", Payment.last_four.is_not(None))


@bp.get("/my/by-payment/<key:payment_id>")
@signed_in
@bp.response(200, CardDetails)
def show_mine(payment_id: int) -> dict[str, Any]:
    """The card of one of the person's payments."""
    return _told(one_or_404(payments_made_by(visitor()).where(Payment.id == payment_id, *IS_CARD)))


@bp.get("/")
@reads
@bp.query(Paging)
@bp.lists(CardDetails)
def index(query: dict[str, Any]) -> Any:
    """The cards of all payments, newest first."""
    found = slice_of(payments_matching(PaymentFilter()).where(*IS_CARD), query["skip"], query["limit"])
    return [_told(payment) for payment in found.items], total_of(found.total)


@bp.get("/by-payment/<key:payment_id>")
@reads
@bp.response(200, CardDetails)
def show(payment_id: int) -> dict[str, Any]:
    """The card of a payment."""
    return _told(one_or_404(payments_matching(PaymentFilter()).where(Payment.id == payment_id, *IS_CARD)))


def _told(payment: Payment) -> dict[str, Any]:
    return {
        "payment_id": payment.id,
        "brand": payment.brand,
        "card_no": masked_account(payment.last_four or ""),
        "holder": masked_name(payment.holder) if payment.holder else None,
        "expires": payment.expires,
    }
