"""What an order keeps of what its buyer agreed to, whatever becomes of it later."""

from __future__ import annotations

from typing import Any

from shop.accounts.networks import network_of
from shop.accounts.visitor import Visitor
from shop.cart.queries import BagLine
from shop.catalog.pictures import picture_json
from shop.checkout.queries import Offer, Summary
from shop.checkout.timing import time_to_pay
from shop.lib.money import ZERO
from shop.orders.models import OrderLine
from shop.pricing.values import QuotedLine
from shop.store.queries import store


def order_facts(visitor: Visitor, summary: Summary, offer: Offer) -> dict[str, object]:
    """Who buys, where it goes, what it comes to and why."""
    quote, draft = summary.quote, summary.draft
    address = draft.address or {}
    return {
        "user_id": visitor.user_id,
        "email": draft.email,
        "phone": draft.phone,
        "phone_proven": draft.has_proven_phone,
        "placed_from": _place_of(visitor),
        "name": address["name"],
        "address": address,
        "payment_method": draft.payment_method,
        "prepaid": summary.credit + summary.part if summary.part else ZERO,
        "currency": store().currency,
        "lines_total": quote.lines_total,
        "discount": quote.discount,
        "delivery_charge": quote.delivery_charge,
        "payment_fee": quote.payment_fee,
        "delivery_tax": quote.delivery_tax,
        "tax_added": quote.tax_added,
        "tax_contained": quote.tax_contained,
        "total": quote.total,
        "pricing_trace": [step.plain for step in quote.trace],
        "delivery_method_id": offer.method.id,
        "delivery_method": offer.method.name,
        "arrives_from": offer.arrives_from,
        "arrives_to": offer.arrives_to,
        "unpaid_until": time_to_pay(draft.payment_method or "", summary.part),
    }


def order_lines(summary: Summary) -> list[OrderLine]:
    """The bag's lines at the prices quoted."""
    pairs = zip(summary.bag.lines, summary.quote.lines, strict=True)
    return [_line(position, line, quoted) for position, (line, quoted) in enumerate(pairs, start=1)]


def variant_facts(line: BagLine) -> dict[str, Any]:
    """What an order keeps of a variant as it is sold now, but for what is paid for it."""
    return {
        "product_id": line.product_id,
        "variant_id": line.variant_id,
        "sku": line.sku,
        "slug": line.slug,
        "name": line.name,
        "brand": line.brand,
        "colour": line.colour,
        "size": line.size,
        "picture": picture_json(line.picture) if line.picture else None,
        "hsn": line.hsn,
        "regular_price": line.regular_price,
        "weight_grams": line.weight_grams,
    }


def _place_of(visitor: Visitor) -> str | None:
    """Where a guest comes from, as long as they write themselves."""
    is_guest = visitor.user_id is None and visitor.helper is None
    return network_of(visitor.ip) if is_guest and visitor.ip else None


def _line(position: int, line: BagLine, quoted: QuotedLine) -> OrderLine:
    return OrderLine(
        **variant_facts(line),
        position=position,
        quantity=quoted.quantity,
        unit_price=quoted.unit_price,
        discount=quoted.discount,
        total=quoted.total,
        tax_rate=quoted.tax_rate,
        tax_contained=quoted.tax_contained,
        tax_added=quoted.tax_added,
    )
