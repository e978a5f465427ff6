"""Whether a product is delivered to a postal code, when, and for how much: what its page says in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from shop.delivery.cash import CashTerms, cash_terms
from shop.delivery.zones import Place
from shop.merchandising.product_page.shown import ProductPage, Sending
from shop.store.countries import country
from shop.store.places import place_of


@dataclass(frozen=True)
class DeliveryCheck:
    """The answer for one product in one colour. `problem` says why it cannot be sent, and stands in for the rest.

    `place` is empty where the country's directory does not know every code; `is_place` says that the code itself is
    one to remember, whether or not this product can be sent there. `sendings` are the ways that go there, and `cash`
    says what paying the courier would cost.
    """

    shown: ProductPage
    code: str
    is_place: bool
    place: str
    problem: str | None
    sendings: list[Sending]
    cash: CashTerms


def delivery_to(shown: ProductPage, code: str) -> DeliveryCheck:
    """Look a postal code up, written as the country writes them, for the shown colour."""
    known = place_of(code)
    place = Place(code, known.city, known.state) if known else Place(code)
    sendings = [sending for sending in shown.sendings if sending.zones.serve(place)]
    wrong = _wrong(code, is_known=known is not None)
    words = f"{place.city}, {place.state}" if known else ""
    problem = wrong or _hindrance(shown, sendings, code)
    return DeliveryCheck(
        shown, code, not wrong, words, problem, [] if problem else sendings, cash_terms(place, shown.price)
    )


def _wrong(code: str, *, is_known: bool) -> str | None:
    postal = country().postal
    if not code:
        return postal.missing
    if not postal.fits(code):
        return postal.wrong
    return postal.unknown(code) if postal.is_whole and not is_known else None


def _hindrance(shown: ProductPage, sendings: list[Sending], code: str) -> str | None:
    if shown.is_sold_out:
        return f"{shown.colour.name} is sold out in every size, so there is nothing to send."
    if not shown.sendings:
        return "We send nothing at the moment. Please look in again."
    return None if sendings else f"We do not deliver to {code} yet."
