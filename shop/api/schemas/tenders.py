"""How an order is paid, as apps are told: the way that was chosen, and every tender with its amount."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields, post_dump

from shop.api.schemas.fields import Price
from shop.api.schemas.labels import code, id_of, label, label_id, label_of
from shop.orders.models import Order
from shop.payments.labels import NOTHING_TO_PAY, PAYMENT_TYPES
from shop.payments.tenders import tenders_of


class Tender(Schema):
    """A way the order is paid, and what it brought in or is still to bring in."""

    payment_type = code("method", "payment types")
    payment_type_id = label_id(PAYMENT_TYPES, "method")
    payment_type_label = label(PAYMENT_TYPES, "method")
    amount = Price(required=True)
    paid = fields.Boolean(required=True, metadata={"description": "Whether it came in; else it is waited for"})


def of_way(tell: Callable[[str], str], what: str, free: str | None = None) -> fields.Function:
    """Something of the chosen way to pay; `free` where nothing was to be paid."""

    def told(order: Order) -> str | None:
        return free if order.is_free else tell(order.payment_method)

    about = {"type": "string", "description": what}
    return fields.Function(told, required=True, allow_none=free is None, metadata=about)


def chosen_way() -> tuple[fields.Function, fields.Function, fields.Function]:
    """The way to pay that was chosen: its code, id and label."""
    code = of_way(str, "A code of the payment types; null where nothing was to be paid")
    number = of_way(lambda code: id_of(PAYMENT_TYPES, code), "Null where nothing was to be paid")
    return code, number, of_way(lambda code: label_of(PAYMENT_TYPES, code), "What the shop calls it", NOTHING_TO_PAY)


def every_tender() -> fields.List:
    """All of them, for a schema that is one of PaidBy."""
    what = "Every way it is paid with its amount, before refunds: a part before, the courier's cash, store credit"
    return fields.List(fields.Nested(Tender), required=True, metadata={"description": what})


class PaidBy(Schema):
    """A telling of an order that has `tenders`."""

    @post_dump(pass_collection=True, pass_original=True)
    def _tell_tenders(self, told: Any, orders: Any, many: bool, **_: Any) -> Any:
        """Payments are asked for once for a whole list."""
        tellings, placed = (told, list(orders)) if many else ([told], [orders])
        found = tenders_of([order.id for order in placed])
        for telling, order in zip(tellings, placed, strict=True):
            telling["tenders"] = Tender(many=True).dump(found[order.id])
        return told
