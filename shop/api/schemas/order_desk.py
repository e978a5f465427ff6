"""Orders for who looks after them: what they are narrowed by, how one is told, what is done to it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_dump, post_load, validates_schema

from shop.api.schemas.audit_logs import DAYS
from shop.api.schemas.fields import Key, Paging, Price, text
from shop.api.schemas.labels import code
from shop.api.schemas.orders import IdOrCode, Move, Order
from shop.fulfilment.queries.desk import ARCHIVED, OrderFilter
from shop.orders.labels import ORDER_STATUS, PAYMENT_STATUS
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.queries import cash_told
from shop.store.labels import Lookup, code_at

LONGEST_NOTE = 300


def _one_of(lookup: Lookup, what: str) -> IdOrCode:
    """A filter by a row of a lookup; what is none finds nothing and says so."""

    def check(said: str) -> None:
        if code_at(lookup, said) is None:
            raise ValidationError(f"There is no such {what}.")

    return IdOrCode(validate=check, load_default=None, metadata={"description": f"An id or code of the {what}"})


class OrderQuery(Paging):
    """Which orders; what is left out narrows nothing."""

    q = text(100, 0, load_default="", metadata={"description": "Part of a number, a name, an e-mail or a phone"})
    status_id = _one_of(ORDER_STATUS, "order status")
    payment_status_id = _one_of(PAYMENT_STATUS, "payment status")
    payment_type_id = _one_of(PAYMENT_TYPES, "payment type")
    user_id = Key(load_default=None)
    start_date = fields.Date(load_default=None, validate=DAYS)
    end_date = fields.Date(load_default=None, validate=DAYS)
    min_total = Price(load_default=None)
    max_total = Price(load_default=None)
    archived = fields.Boolean(load_default=False, metadata={"description": "Those put away, and no others"})

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        status = _code(ORDER_STATUS, data["status_id"])
        wanted = OrderFilter(
            view=ARCHIVED if data["archived"] else "",
            text=data["q"],
            states=(status,) if status else (),
            standing=_code(PAYMENT_STATUS, data["payment_status_id"]),
            method=_code(PAYMENT_TYPES, data["payment_type_id"]),
            since=data["start_date"],
            until=data["end_date"],
            user_id=data["user_id"],
            least=data["min_total"],
            most=data["max_total"],
        )
        return {"skip": data["skip"], "limit": data["limit"], "wanted": wanted}


def _code(lookup: Lookup, said: str | None) -> str:
    return (said and code_at(lookup, said)) or ""


class DeskMove(Move):
    """One entry of the history, notes of the shop's own among them."""

    from_status = fields.String(required=True, allow_none=True, attribute="from_state")
    note = fields.String(required=True)
    by = fields.String(required=True, attribute="actor")
    by_kind = code("actor_kind", "kinds of people: customer, guest, staff, system, operator")
    user_id = Key(required=True, allow_none=True)
    ip = fields.String(required=True, allow_none=True)


class DeskOrder(Order):
    """An order with who bought it, and everything that was done to it. The link that pays it is the buyer's alone."""

    class Meta:
        exclude = ("payment_url",)

    user_id = Key(required=True, allow_none=True)
    name = fields.String(required=True)
    phone = fields.String(required=True)
    phone_proven = fields.Boolean(
        required=True, metadata={"description": "Whether the buyer typed a code sent to this phone before ordering"}
    )
    archived_at = fields.AwareDateTime(required=True, allow_none=True)
    cod_amount = Price(required=True, metadata={"description": "What is to be paid in cash at the door; else 0"})
    cod_collected = fields.Boolean(required=True, metadata={"description": "Whether all of that cash came in"})
    history = fields.List(fields.Nested(DeskMove), required=True)

    @post_dump(pass_collection=True, pass_original=True)
    def _tell_cash(self, told: Any, orders: Any, many: bool, **_: Any) -> Any:
        """Cash is asked for once for a whole list."""
        tellings, placed = (told, list(orders)) if many else ([told], [orders])
        cash = cash_told(placed)
        for telling, order in zip(tellings, placed, strict=True):
            amount, telling["cod_collected"] = cash[order.id]
            telling["cod_amount"] = amount.plain
        return told


class OfParcel(Schema):
    """Of several parcels, the one that is meant."""

    parcel_id = Key(metadata={"description": "Needed only where the order goes in several parcels"})


class Delivery(OfParcel):
    """What proves a delivery."""

    otp = text(10, 0, load_default="", metadata={"description": "The customer's code of six digits"})
    override_reason = text(LONGEST_NOTE, 0, load_default="", metadata={"description": "Why there is no code"})


class Shipment(OfParcel):
    """Who carries it, under which number."""

    carrier = text(60, required=True)
    tracking_number = text(60, required=True)


class StatusWanted(Delivery):
    """The status an order shall have, and what it asks for."""

    status_id = IdOrCode(required=True, metadata={"description": "An id, code or other name of the order status"})
    carrier = text(60, 0, load_default="")
    tracking_number = text(60, 0, load_default="")
    notes = text(LONGEST_NOTE, 0, load_default="", metadata={"description": "Goes into the order's history"})
    refused = fields.Boolean(load_default=False, metadata={"description": "Whether somebody did not want the parcel"})


class OrderChange(Schema):
    """What may be changed of an order."""

    delivery_date = fields.Date(validate=DAYS, metadata={"description": "The first day it may arrive"})
    delivery_date_to = fields.Date(validate=DAYS, metadata={"description": "The last; the first where it is left out"})
    notes = text(LONGEST_NOTE, metadata={"description": "A note of the shop's own"})
    cod_amount = Price(metadata={"description": "Only what the order says is left to collect"})
    cod_collected = fields.Boolean()

    @validates_schema
    def _has_first_day(self, data: dict[str, Any], **_: Any) -> None:
        if "delivery_date_to" in data and "delivery_date" not in data:
            raise ValidationError("Send the first day as delivery_date, too.", "delivery_date")
