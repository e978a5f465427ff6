"""What every page of the checkout shares: the steps, what is answered so far, the summary beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, flash, url_for

from shop.accounts.visits import visitor
from shop.checkout.drafts import STEPS, Draft
from shop.checkout.errors import LoginNeeded, NoCash
from shop.checkout.queries import Offer, Summary, summary_of
from shop.delivery.cash import CASH, CashTerms
from shop.lib.http.answers import go_to, page
from shop.lib.money import Money
from shop.payments.labels import PAYMENT_TYPES
from shop.payments.offers import offered
from shop.payments.ways import WAYS
from shop.pricing.rows import total_rows
from shop.pricing.trace import told
from shop.store.formats import money, phone, weekday_and_day
from shop.store.labels import shown
from shop.store.settings import GUEST_CHECKOUT, value_of
from shop.storefront.order_view import ShownLine, tax_note

TITLES = {"contact": "Contact", "address": "Address", "delivery": "Delivery", "payment": "Payment", "review": "Review"}
ENDPOINTS = {"contact": "checkout.contact", "address": "checkout_address.show", "delivery": "checkout.delivery",
             "payment": "checkout.payment", "review": "checkout_review.show"}  # fmt: skip
STOPPERS = frozenset({"less_left", "sold_out", "gone"})
View = Callable[..., Response]


@dataclass(frozen=True)
class Step:
    """A step in the row above the form; `url` is None where it cannot be opened yet."""

    slug: str
    title: str
    url: str | None


@dataclass(frozen=True)
class Answer:
    """A finished step, folded to one line."""

    title: str
    text: str
    url: str


def step_url(slug: str) -> str:
    """Where a step lives."""
    return url_for(ENDPOINTS[slug])


def at_step(slug: str) -> Callable[[View], View]:
    """Give a view the buyer's summary; whoever has no bag, or skipped a step, is sent where they can go on."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded() -> Response:
            summary = summary_of(visitor())
            elsewhere = _elsewhere(summary, slug)
            return go_to(elsewhere) if elsewhere else view(summary)

        return guarded

    return guard


def step_page(slug: str, summary: Summary, status: int = 200, **context: Any) -> Response:
    """A step's page with everything around its form."""
    quote = summary.quote
    return page(
        f"storefront/checkout/{slug}.html",
        status,
        checkout_step=slug,
        checkout_steps=steps_of(summary.draft),
        summary=summary,
        summary_amount=quote.total,
        answers=answers_before(slug, summary),
        total_rows=total_rows(quote, delivery_row(summary)),
        price_steps=told(quote.trace),
        tax_note=tax_note(quote.tax_contained),
        **context,
    )


def steps_of(draft: Draft) -> list[Step]:
    """All steps, those that can be opened with their address."""
    return [Step(slug, TITLES[slug], step_url(slug) if draft.is_reachable(slug) else None) for slug in STEPS]


def answers_before(slug: str, summary: Summary) -> list[Answer]:
    """The finished steps before this one, each in one line."""
    texts = {
        "contact": f"{summary.draft.email} · {phone(summary.draft.phone or '')}",
        "address": address_line(summary.draft.address or {}),
        "delivery": _delivery_text(summary),
        "payment": _payment_name(summary.draft.payment_method) if summary.draft.payment_method else "",
    }
    before = STEPS[: STEPS.index(slug)]
    return [Answer(TITLES[step], texts[step], step_url(step)) for step in before]


def address_line(address: dict[str, str]) -> str:
    """An address in one line."""
    parts = [address.get(name, "") for name in ("name", "house", "street", "landmark", "city")]
    end = f"{address.get('state', '')} {address.get('postal_code', '')}".strip()
    return ", ".join(part for part in (*parts, end) if part)


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
        {"value": code, "title": _payment_name(code), "text": way.text, "icon": way.icon}
        for code, way in offered().items()
    ]
    for card in cards:
        if card["value"] == CASH:
            card |= {"text": cash.refusal, "disabled": True} if cash.refusal else {"aside": _fee_text(cash.fee)}
    return cards


def days_text(offer: Offer) -> str:
    """Tue 24 Nov – Thu 26 Nov; one day where both are the same."""
    days = dict.fromkeys((offer.arrives_from, offer.arrives_to))
    return " – ".join(weekday_and_day(day) for day in days)


def _fee_text(fee: Money) -> str:
    return f"+ {money(fee)}" if fee else ""


def _payment_name(code: str) -> str:
    return shown(PAYMENT_TYPES, code, WAYS[code].title)


def _delivery_text(summary: Summary) -> str:
    offer = summary.offer
    if offer is None:
        return ""
    return f"{offer.method.name}, {days_text(offer)}"


def _elsewhere(summary: Summary, slug: str) -> str | None:
    if summary.bag.is_empty:
        flash("Your bag is empty, so there is nothing to check out.", "info")
        return "/cart"
    if any(line.problem in STOPPERS for line in summary.bag.lines):
        flash("Something in your bag has changed. Have a look before you go on.", "warn")
        return "/cart"
    if visitor().is_anonymous and not value_of(GUEST_CHECKOUT):
        flash(str(LoginNeeded()), "info")
        return url_for("login.show", next=step_url(slug))
    if not summary.draft.is_reachable(slug):
        return step_url(summary.draft.next_step)
    if slug in {"payment", "review"} and summary.offer is None:
        return step_url("delivery")
    if slug == "review" and summary.cash_refusal:
        flash(str(NoCash(summary.cash_refusal)), "warn")
        return step_url("payment")
    return None
