"""What buyers choose from at the checkout, and the lines of their bag, as the shared parts show them."""

from __future__ import annotations

from typing import Any

from shop.checkout.queries import Offer, Summary
from shop.delivery.cash import CASH_ON_DELIVERY, CashTerms
from shop.lib.money import Money
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.offers import offered
from shop.payments.ways import WAYS
from shop.store.formats import money, weekday_and_day
from shop.store.labels import shown
from shop.storefront.order_view import ShownLine


def bag_lines(summary: Summary) -> list[ShownLine]:
    """The bag's lines as the list of lines wants them."""
    return [
        ShownLine(
            picture=line.picture,
            name=line.name,
            url=f"/p/{line.slug}",
            variant=f"{line.colour}, {line.size}",
            quantity=line.quantity,
            unit=line.unit_price,
            total=line.total,
            discount=quoted.discount,
        )
        for line, quoted in zip(summary.bag.lines, summary.quote.lines, strict=True)
    ]


def delivery_row(summary: Summary) -> Money | str:
    """What delivery costs, or from what on while none is chosen: no cost may come as a surprise."""
    if summary.offer:
        return summary.offer.charge
    if not summary.offers:
        return "Not to this address"
    cheapest = min(offer.charge for offer in summary.offers)
    return f"from {money(cheapest)}" if cheapest else "Free"


def delivery_cards(summary: Summary) -> list[dict[str, str]]:
    """The offers as radio cards: the days first, then what it costs."""
    return [
        {
            "value": str(offer.method.id),
            "title": days_text(offer),
            "text": " · ".join(part for part in (offer.method.name, offer.method.description) if part),
            "aside": money(offer.charge) if offer.charge else "Free",
            "icon": "truck",
        }
        for offer in summary.offers
    ]


def payment_cards(cash: CashTerms) -> list[dict[str, Any]]:
    """The ways to pay as radio cards; cash on delivery with its fee, or with the reason why not."""
    cards: list[dict[str, Any]] = [
        {"value": code, "title": payment_name(code), "text": way.text, "icon": way.icon}
        for code, way in offered().items()
    ]
    for card in cards:
        if card["value"] == CASH_ON_DELIVERY:
            card |= {"text": cash.refusal, "disabled": True} if cash.refusal else _cash_texts(cash)
    return cards


def days_text(offer: Offer) -> str:
    """Tue 24 Nov – Thu 26 Nov; one day where both are the same."""
    days = dict.fromkeys((offer.arrives_from, offer.arrives_to))
    return " – ".join(weekday_and_day(day) for day in days)


def payment_name(code: str) -> str:
    """What a way to pay is called where one is chosen."""
    return shown(PAYMENT_TYPES, code, WAYS[code].title)


def _cash_texts(cash: CashTerms) -> dict[str, str]:
    part = {"text": f"Pay {money(cash.part)} first, and the rest to the courier."} if cash.part else {}
    return part | ({"aside": f"+ {money(cash.fee)}"} if cash.fee else {})
