"""Payments: how they are asked for, and how one is told. What a card or a UPI id is, is told masked."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from shop.api.schemas.fields import Key, Paging, Price, Whole, text
from shop.api.schemas.labels import code, label, label_id
from shop.api.schemas.orders import IdOrCode, UpiId
from shop.lib.money import ZERO
from shop.orders.labels import PAYMENT_STATUS
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.states import RefundWay


class OwnPaymentQuery(Paging):
    """Which of a person's payments."""

    order_id = Key()
    invoice_no = text(40, metadata={"description": "The number of an invoice of the payment's order"})


class PaymentQuery(OwnPaymentQuery):
    """Which payments."""

    user_id = Key()
    payment_types_id = IdOrCode(metadata={"description": "An id or code of the payment types"})
    payment_status_id = IdOrCode(metadata={"description": "An id or code of the payment status"})


class UpiQuery(Paging):
    """Which UPI ids."""

    payment_id = Key()
    order_id = Key()
    user_id = Key()
    upi_id = UpiId(metadata={"description": "The whole id"})


class Payment(Schema):
    """One tender of an order."""

    id = Key(required=True, attribute="payment.id")
    order_id = Key(required=True, attribute="payment.order_id")
    order_number = fields.String(required=True, attribute="payment.order.number")
    user_id = Key(required=True, allow_none=True, attribute="payment.order.user_id")
    payment_type = code("payment.method", "payment types")
    payment_types_id = label_id(PAYMENT_TYPES, "payment.method")
    payment_type_label = label(PAYMENT_TYPES, "payment.method")
    payment_status = code("status", "payment status")
    payment_status_id = label_id(PAYMENT_STATUS, "status")
    payment_status_label = label(PAYMENT_STATUS, "status")
    amount = Price(required=True, attribute="payment.amount")
    refunded = Price(required=True, metadata={"description": "What of it went back"})
    currency = fields.String(required=True, attribute="payment.currency")
    provider = fields.String(required=True, attribute="payment.provider")
    reference = fields.String(
        required=True,
        attribute="payment.reference",
        allow_none=True,
        metadata={"description": "The provider's name for it"},
    )
    failure = fields.String(required=True, attribute="payment.failure", allow_none=True)
    created_at = fields.AwareDateTime(required=True, attribute="payment.created_at")
    paid_at = fields.AwareDateTime(required=True, attribute="payment.paid_at", allow_none=True)


class StatusOfPayment(Schema):
    """How a payment in cash stands."""

    payment_status_id = IdOrCode(
        required=True, metadata={"description": "The id or code of `paid`, `failed` or `cancelled`"}
    )


class RefundedLine(Schema):
    """Units of a line that go back; none of them: money off."""

    order_item_id = Key(required=True, attribute="order_line_id")
    units = Whole(required=True, validate=validate.Range(0, error="Send 0 or more."))
    amount = Price(required=True, dump_only=True)


class RefundRequest(Schema):
    """What goes back: pieces and the delivery, or an amount off; nothing of them is all that is left."""

    amount = Price(metadata={"description": "An amount off what is left, without pieces coming back"})
    lines = fields.List(fields.Nested(RefundedLine), load_default=list, validate=validate.Length(max=200))
    delivery = Price(load_default=ZERO, metadata={"description": "Of what was paid beside the lines"})
    to = fields.String(
        load_default=RefundWay.ORIGINAL.value,
        validate=validate.OneOf([RefundWay.ORIGINAL.value, RefundWay.CREDIT.value], error="Choose from {choices}."),
        metadata={"description": "`original`, the tender it came from, or `credit`, the customer's store credit"},
    )
    reason = text(300, required=True)

    @validates_schema
    def not_both(self, values: dict[str, Any], **_: Any) -> None:
        if "amount" in values and (values["lines"] or values["delivery"]):
            raise ValidationError("Send pieces and the delivery, or an amount off, not both.", "amount")


class RefundAttempt(Schema):
    """How a refund that the bank refused is tried again."""

    to = fields.String(
        load_default=RefundWay.ORIGINAL.value,
        validate=validate.OneOf([way.value for way in RefundWay], error="Choose from {choices}."),
        metadata={"description": "`original` asks the bank once more; `credit` gives store credit at once; with "
                                 "`payout` the customer names an account"},
    )  # fmt: skip


class Refund(Schema):
    """Money that goes back, or went."""

    id = Key(required=True)
    payment_id = Key(required=True)
    amount = Price(required=True)
    lines = fields.List(fields.Nested(RefundedLine), required=True)
    delivery = Price(required=True)
    excess = Price(required=True, metadata={"description": "Above what the order costs since its lines changed"})
    reason = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": "pending, done or failed"})
    to = fields.String(required=True, attribute="way", metadata={"description": "original, credit or payout"})
    account = fields.String(required=True, allow_none=True, attribute="payee_shown",
                            metadata={"description": "Where a payout goes, masked"})  # fmt: skip
    reference = fields.String(required=True, allow_none=True)
    failure = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    done_at = fields.AwareDateTime(required=True, allow_none=True)


class CardDetails(Schema):
    """What is known of the card of a payment. The shop never has its number."""

    payment_id = Key(required=True)
    brand = fields.String(required=True, allow_none=True)
    card_no = fields.String(required=True, metadata={"description": "The last four digits, ···· 4242"})
    holder = fields.String(required=True, allow_none=True, metadata={"description": "A···· R····"})
    expires = fields.String(required=True, allow_none=True, metadata={"description": "MM/YYYY"})


class UpiDetails(Schema):
    """The UPI id of a payment."""

    payment_id = Key(required=True)
    order_id = Key(required=True)
    upi_id = fields.String(required=True, metadata={"description": "as····@okaxis"})
