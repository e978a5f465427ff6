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
from shop.checkout.queries import Summary, summary_of
from shop.lib.http.answers import go_to, page
from shop.pricing.rows import total_rows
from shop.pricing.trace import told
from shop.store.formats import phone
from shop.store.settings import GUEST_CHECKOUT, value_of
from shop.storefront.checkout_cards import days_text, delivery_row, payment_name
from shop.storefront.order_view import tax_note

TITLES = {"contact": "Contact", "address": "Address", "delivery": "Delivery", "payment": "Payment", "review": "Review"}
ENDPOINTS = {"contact": "checkout.contact", "address": "checkout_address.show", "delivery": "checkout.delivery",
             "payment": "checkout.payment", "review": "checkout_review.show"}  # fmt: skip
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


def step_page(slug: str, summary: Summary, status: int = 200, template: str = "", **context: Any) -> Response:
    """A step's page with everything around its form; `template` is another page of the same step."""
    quote = summary.quote
    return page(
        f"storefront/checkout/{template or slug}.html",
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
        "payment": payment_name(summary.draft.payment_method) if summary.draft.payment_method else "",
    }
    before = STEPS[: STEPS.index(slug)]
    return [Answer(TITLES[step], texts[step], step_url(step)) for step in before]


def address_line(address: dict[str, str]) -> str:
    """An address in one line."""
    parts = [address.get(name, "") for name in ("name", "house", "street", "landmark", "city")]
    end = f"{address.get('state', '')} {address.get('postal_code', '')}".strip()
    return ", ".join(part for part in (*parts, end) if part)


def _delivery_text(summary: Summary) -> str:
    offer = summary.offer
    if offer is None:
        return ""
    return f"{offer.method.name}, {days_text(offer)}"


def _elsewhere(summary: Summary, slug: str) -> str | None:
    if summary.bag.is_empty:
        flash("Your bag is empty, so there is nothing to check out.", "info")
        return "/cart"
    if summary.bag.has_problems:
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
