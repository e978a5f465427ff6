"""Orders: what is asked for, and how one is told."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from shop.accounts.contacts import NO_EMAIL, email_address
from shop.api.schemas.fields import Key, Paging, Price, text
from shop.api.schemas.labels import code, label, label_id
from shop.api.schemas.order_items import OrderLine
from shop.api.schemas.tenders import PaidBy, chosen_way, every_tender
from shop.lib.http.answers import external_url
from shop.orders.labels import ORDER_STATUS, PAYMENT_STATUS
from shop.orders.models import Order as PlacedOrder
from shop.payments.upi import NO_UPI_ID, UPI_ID

ONLY_AT_THE_BANK = "Use the payment page: card details are never sent to the shop."


class NeverTaken(fields.String):
    """Something only the bank's own page may ask for; refused whatever it says (PAY-04)."""

    def __init__(self) -> None:
        super().__init__(metadata={"description": "Refused, whatever it says: only the bank's own page asks for it"})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        raise ValidationError(ONLY_AT_THE_BANK)


class Email(fields.String):
    """An e-mail address as accounts keep it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            return email_address(str(super()._deserialize(value, attr, data, **kwargs)).strip())
        except ValueError:
            raise ValidationError(NO_EMAIL) from None


class UpiId(fields.String):
    """A UPI id, like name@bank."""

    def __init__(self, metadata: dict[str, Any]) -> None:
        super().__init__(metadata={"pattern": f"^{UPI_ID}$"} | metadata)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        typed: str = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(UPI_ID, typed):
            raise ValidationError(NO_UPI_ID)
        return typed


class IdOrCode(fields.String):
    """A row of a lookup, by its id or by its code; an id may come as a whole number, like every other."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        said = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        return str(super()._deserialize(said, attr, data, **kwargs))


class PlaceOrder(Schema):
    """The bag becomes an order to one of the person's addresses."""

    user_id = Key(metadata={"description": "Only the person's own"})
    address_id = Key(required=True, metadata={"description": "One of the address book"})
    payment_type_id = IdOrCode(required=True, metadata={"description": "An id or code of the payment types"})
    card_name = NeverTaken()
    card_no = NeverTaken()
    cvv = NeverTaken()
    upi_id = UpiId(metadata={"description": "Only with UPI; the bank's page then has it filled in"})
    delivery_method_id = Key(metadata={"description": "The cheapest on offer where it is left out"})
    part_payment_type_id = IdOrCode(
        metadata={"description": "How the part is paid that cash on delivery may need before; else the first on offer"}
    )
    use_store_credit = fields.Boolean(
        metadata={"description": "Store credit pays first, as far as it goes; the payment type is for the rest"}
    )
    email = Email(metadata={"description": "Where news of the order goes; the account's where it is left out"})
    total = Price(metadata={"description": "What the person agreed to pay; else the prices the bag was filled at"})


class OwnOrderQuery(Paging):
    """Which of one's own orders; what is left out narrows nothing."""

    q = text(100, 0, load_default="", metadata={"description": "Part of a number, or of a product's name or brand"})
    status_id = IdOrCode(load_default=None, metadata={"description": "An id or code of an order status"})


class KeyHeader(Schema):
    """What makes a request that is sent twice one order."""

    class Meta:
        unknown = EXCLUDE

    key = text(
        100,
        data_key="Idempotency-Key",
        metadata={"description": "Sent again it gives the same order; with other values it is refused with 422"},
    )


class StatusChange(Schema):
    """The status an order shall have; a customer can only cancel."""

    status_id = IdOrCode(required=True, metadata={"description": "The id or code of `cancelled`"})
    reason = text(300, shortest=0, load_default="")


class SentTo(Schema):
    """The address as it was when the order was placed."""

    name = fields.String(required=True)
    phone = fields.String(required=True)
    house = fields.String(required=True)
    street = fields.String(required=True)
    landmark = fields.String(required=True)
    postal_code = fields.String(required=True)
    city = fields.String(required=True)
    state = fields.String(required=True)
    country = fields.String(required=True)


def payment_page(order: PlacedOrder) -> str | None:
    """The shop's page where an order that waits for a payment is paid."""
    return external_url("order_payment.show", token=order.token) if order.waits_for_payment else None


class Move(Schema):
    """One entry of the timeline."""

    status = code("to_state", "order status")
    status_label = label(ORDER_STATUS, "to_state")
    at = fields.AwareDateTime(required=True, attribute="created_at")
    note = fields.String(required=True, attribute="told")


class Discount(Schema):
    """What one coupon or discount took off the goods; all of them sum to the order's discount."""

    name = fields.String(required=True)
    amount = Price(required=True)


class Order(PaidBy):
    """What a buyer and the shop agreed, and how it stands."""

    id = Key(required=True)
    number = fields.String(required=True)
    status = code("state", "order status")
    status_id = label_id(ORDER_STATUS, "state")
    status_label = label(ORDER_STATUS, "state")
    payment_status = code("payment_standing", "payment status")
    payment_status_id = label_id(PAYMENT_STATUS, "payment_standing")
    payment_status_label = label(PAYMENT_STATUS, "payment_standing")
    payment_type, payment_type_id, payment_type_label = chosen_way()
    tenders = every_tender()
    payment_url = fields.Function(
        payment_page,
        required=True,
        allow_none=True,
        metadata={"type": "string", "description": "Where a browser pays it, while it waits for a payment"},
    )
    email = fields.String(required=True)
    lines = fields.List(fields.Nested(OrderLine), required=True)
    lines_total = Price(required=True)
    discount = Price(required=True)
    discounts = fields.List(fields.Nested(Discount), required=True)
    delivery_charge = Price(required=True)
    prepaid = Price(
        required=True,
        metadata={"description": "What is paid before the courier gets the rest; 0 where nothing is divided so"},
    )
    payment_fee = Price(required=True, metadata={"description": "What cash on delivery costs"})
    tax = Price(required=True, metadata={"description": "All tax in the total"})
    tax_added = Price(required=True, metadata={"description": "The part of the tax that comes on top of the prices"})
    total = Price(required=True, metadata={"description": "Lines + delivery + payment fee + tax added - discount"})
    refunded = Price(required=True, metadata={"description": "What of the total went back"})
    currency = fields.String(required=True)
    address = fields.Nested(SentTo, required=True)
    delivery_method_id = Key(required=True)
    delivery_method = fields.String(required=True)
    arrives_from = fields.Date(required=True)
    arrives_to = fields.Date(required=True)
    placed_at = fields.AwareDateTime(required=True)
    delivered_at = fields.AwareDateTime(required=True, allow_none=True)
    history = fields.List(fields.Nested(Move), required=True, attribute="moves")
