"""Places an order for a customer who is on the phone: by the same rules as their own, by hand of the shop (ORD-01).

What they keep in their own bag stays there. The order's history names who of the team placed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shop.accounts.visitor import Visitor
from shop.cart.unkept import bag_with
from shop.checkout.drafts import Draft
from shop.checkout.errors import NoEmail, NotOffered, NotPaidSo
from shop.checkout.queries import Summary, summary_with
from shop.checkout.services.placing import once, write_order
from shop.orders.models import Order
from shop.payments.offers import offered


@dataclass(frozen=True)
class PhoneOrder:
    """What is asked for: units of variants by id, and an address that was checked. Without a method the cheapest."""

    units: Mapping[int, int]
    email: str
    address: Mapping[str, str]
    payment_method: str
    delivery_method_id: int | None = None


def summary_by_phone(buyer: Visitor, asked: PhoneOrder) -> Summary:
    """What the order would come to, with every delivery that goes there. Raises NoEmail, NotPaidSo."""
    if not asked.email:
        raise NoEmail
    if asked.payment_method not in offered():
        raise NotPaidSo
    address = dict(asked.address)
    answers = Draft(asked.email, address["phone"], address, asked.delivery_method_id, asked.payment_method)
    return summary_with(buyer, answers, bag_with(asked.units))


def order_by_phone(buyer: Visitor, key: str, asked: PhoneOrder, seen_total: int) -> Order:
    """Place it, once for a key; `buyer` is the customer, with the helper of the team.

    Runs in the caller's unit. Raises NoEmail, NotOffered, NotPaidSo, KeyReused and what `place_order` raises.
    """

    def write() -> Order:
        summary = summary_by_phone(buyer, asked)
        if summary.offers and summary.offer is None:
            raise NotOffered
        return write_order(buyer, None, summary, seen_total)

    units = {str(variant_id): count for variant_id, count in asked.units.items()}
    said = {"units": units, "email": asked.email, "address": dict(asked.address), "total": seen_total}
    return once(buyer, key, said | {"by": asked.payment_method, "delivery": asked.delivery_method_id}, write)
