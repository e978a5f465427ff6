"""Paying from an app: what is asked for, and where the bank's page is."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key, Price, text
from shop.api.schemas.labels import code
from shop.api.schemas.orders import IdOrCode, NeverTaken


class IntentWanted(Schema):
    """The order to pay. Amount and currency may be sent to be sure: others than the order's are refused."""

    order_id = Key(required=True)
    amount = Price(load_default=None)
    currency = text(3, load_default=None)
    card_name = NeverTaken()
    card_no = NeverTaken()
    cvv = NeverTaken()


class Intent(Schema):
    """A payment that waits at the bank."""

    payment_intent_id = Key(required=True)
    payment_url = fields.String(required=True, metadata={"description": "The bank's page: send the buyer there"})
    amount = Price(required=True)
    currency = fields.String(required=True)
    payment_type = code("payment_type", "payment types")


class ConfirmedIntent(Schema):
    """The payment to ask the bank about."""

    payment_intent_id = Key(required=True)
    payment_method = IdOrCode(
        load_default=None, metadata={"description": "An id or code of the payment types: what it was opened for"}
    )
    card_name = NeverTaken()
    card_no = NeverTaken()
    cvv = NeverTaken()
