"""Places an order for somebody who is on the phone: by the same rules as their own, by hand of the shop (ORD-01).

What they keep in their own bag stays there. The order's history names who of the team placed it. Somebody without an
account is a guest: uses of coupons and earlier orders are counted by their e-mail, or by their phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from shop.accounts.visitor import Visitor
from shop.cart.unkept import bag_with
from shop.checkout.drafts import Draft
from shop.checkout.errors import CouponRefused, NotOffered, NotPaidSo
from shop.checkout.queries import Summary, summary_with
from shop.checkout.services.placing import once, write_order
from shop.orders.models import Order
from shop.payments.offers import offered
from shop.promotions.queries import coupon_code


@dataclass(frozen=True)
class PhoneOrder:
    """What is asked for: units of variants by id, and an address that was checked. Without a method the cheapest.

    Without an e-mail the buyer gets text messages.
    """

    units: Mapping[int, int]
    email: str
    address: Mapping[str, str]
    payment_method: str
    delivery_method_id: int | None = None
    coupon: str = ""


def summary_by_phone(buyer: Visitor, asked: PhoneOrder) -> Summary:
    """What the order would come to, with every delivery that goes there. Raises NotPaidSo, CouponRefused."""
    if asked.payment_method not in offered():
        raise NotPaidSo
    address = dict(asked.address)
    answers = Draft(asked.email, address["phone"], address, asked.delivery_method_id, asked.payment_method)
    code = coupon_code(asked.coupon)
    summary = summary_with(buyer, answers, bag_with(asked.units, code or None))
    if summary.coupon_refusal:
        raise CouponRefused(code, summary.coupon_refusal)
    return summary


def order_by_phone(buyer: Visitor, key: str, asked: PhoneOrder, seen_total: int) -> Order:
    """Place it, once for a key; `buyer` is the customer, with the helper of the team.

    Runs in the caller's unit. Raises NotOffered, NotPaidSo, CouponRefused, KeyReused and what `place_order` raises.
    """

    def write() -> Order:
        summary = summary_by_phone(buyer, asked)
        if summary.offers and summary.offer is None:
            raise NotOffered
        return write_order(buyer, None, summary, seen_total)

    units = {str(variant_id): count for variant_id, count in asked.units.items()}
    said = asdict(asked) | {"units": units, "address": dict(asked.address), "total": seen_total}
    return once(buyer, key, said, write)
