"""Payments: a person's own, and for those who look after them all, with refunds (PAY-05, PAY-06)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from shop.accounts.guards import confirmed
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, needs, signed_in, total_of
from shop.api.schemas.orders import KeyHeader
from shop.api.schemas.payments import (
    OwnPaymentQuery,
    Payment,
    PaymentQuery,
    Refund,
    RefundAttempt,
    RefundRequest,
    StatusOfPayment,
)
from shop.invoices.models import Invoice
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404, rows, slice_of
from shop.orders.labels import PAYMENT_STATUS
from shop.payments import finding
from shop.payments.finding import PaymentFilter
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.models import Payment as Row
from shop.payments.models import Refund as RefundRow
from shop.payments.queries import refundable
from shop.payments.refunding_once import refund_once
from shop.payments.refunds import Wanted
from shop.payments.retrying import retry
from shop.payments.services import set_by_hand
from shop.payments.states import PaymentState, RefundWay
from shop.store.labels import code_at

bp = ApiBlueprint("payments", "payments", "What was paid, and what went back")
reads, refunds = needs(Permission.PAYMENT_READ), needs(Permission.PAYMENT_REFUND)
BY_HAND = (PaymentState.PAID, PaymentState.FAILED, PaymentState.CANCELLED)


@bp.get("/my")
@signed_in
@bp.query(OwnPaymentQuery)
@bp.lists(Payment)
def index_mine(query: dict[str, Any]) -> Any:
    """The person's payments, newest first."""
    wanted = PaymentFilter(user_id=visitor().user_id or 0, order_id=query.get("order_id"))
    return _listed(finding.payments_matching(wanted), query)


@bp.get("/my/<key:payment_id>")
@signed_in
@bp.response(200, Payment)
def show_mine(payment_id: int) -> finding.Told:
    """One of the person's payments."""
    return finding.told([one_or_404(finding.payments_made_by(visitor()).where(Row.id == payment_id))])[0]


@bp.get("/")
@reads
@bp.query(PaymentQuery)
@bp.lists(Payment)
def index(query: dict[str, Any]) -> Any:
    """All payments, newest first."""
    wanted = PaymentFilter(
        user_id=query.get("user_id"),
        order_id=query.get("order_id"),
        method=_code(PAYMENT_TYPES, query, "payment_types_id"),
        status=_code(PAYMENT_STATUS, query, "payment_status_id"),
    )
    return _listed(finding.payments_matching(wanted), query)


@bp.get("/<key:payment_id>")
@reads
@bp.response(200, Payment)
def show(payment_id: int) -> finding.Told:
    """One payment."""
    return finding.told([_payment(payment_id)])[0]


@bp.put("/<key:payment_id>/status")
@needs(Permission.PAYMENT_COLLECT)
@bp.body(StatusOfPayment)
@bp.response(200, Payment)
def set_status(change: dict[str, Any], payment_id: int) -> finding.Told:
    """Say how a payment in cash stands: `paid`, `failed` or `cancelled`. 409 for others: their provider says it."""
    payment, wanted = _payment(payment_id), _code(PAYMENT_STATUS, change, "payment_status_id")
    if wanted not in BY_HAND:
        raise ShopError("Send the id or code of paid, failed or cancelled.", field="payment_status_id")
    set_by_hand(payment, PaymentState(wanted), visitor().actor)
    return finding.told([payment])[0]


@bp.get("/<key:payment_id>/refunds")
@reads
@bp.response(200, Refund(many=True))
def index_refunds(payment_id: int) -> list[RefundRow]:
    """What goes back of a payment, oldest first."""
    return _refunds(_payment(payment_id).id)


@bp.post("/<key:payment_id>/refunds")
@refunds
@confirmed
@bp.body(RefundRequest)
@bp.arguments(KeyHeader, location="headers")
@bp.response(201, Refund(many=True))
def refund(asked: dict[str, Any], headers: dict[str, Any], payment_id: int) -> list[RefundRow]:
    """Give money back, out of this payment alone; answers all its refunds, the new one last.

    409 for more than is left of it, counting refunds on their way. The same `Idempotency-Key` gives it back once.
    """
    payment = _payment(payment_id)
    refund_once(payment.order, _wanted(asked, payment), visitor().actor, headers.get("key") or "")
    return _refunds(payment.id)


@bp.post("/<key:payment_id>/refunds/<key:refund_id>/attempts")
@refunds
@confirmed
@bp.body(RefundAttempt)
@bp.response(201, Refund)
def try_again(asked: dict[str, Any], payment_id: int, refund_id: int) -> RefundRow:
    """Try a refund that the bank refused once more, or send it as store credit or to an account.

    409 for one that did not fail, and where the money went back otherwise since.
    """
    theirs = RefundRow.payment_id == _payment(payment_id).id
    found = one_or_404(select(RefundRow).where(RefundRow.id == refund_id, theirs))
    return retry(found.id, visitor().actor, RefundWay(asked["to"]))


def _wanted(asked: dict[str, Any], payment: Row) -> Wanted:
    units = {line["order_line_id"]: line["units"] for line in asked["lines"]}
    is_partly = units or asked["delivery"] or "amount" in asked
    return Wanted(
        reason=asked["reason"],
        units=units,
        delivery=asked["delivery"],
        amount=asked.get("amount") if is_partly else refundable(payment),
        way=RefundWay(asked["to"]),
        payment_id=payment.id,
    )


def _refunds(payment_id: int) -> list[RefundRow]:
    return rows(select(RefundRow).where(RefundRow.payment_id == payment_id).order_by(RefundRow.id))


def _payment(payment_id: int) -> Row:
    return one_or_404(finding.payments_matching(PaymentFilter()).where(Row.id == payment_id))


def _listed(payments: Select[Row], query: dict[str, Any]) -> Any:
    if "invoice_no" in query:
        payments = payments.where(
            Row.order_id.in_(select(Invoice.order_id).where(Invoice.number == query["invoice_no"]))
        )
    found = slice_of(payments, query["skip"], query["limit"])
    return finding.told(found.items), total_of(found.total)


def _code(lookup: Any, values: dict[str, Any], name: str) -> str:
    """The code that was asked for by id or code, "" for none; one that is not there is refused."""
    if name not in values:
        return ""
    found = code_at(lookup, values[name])
    if found is None:
        raise ShopError("There is no such row.", field=name)
    return found
