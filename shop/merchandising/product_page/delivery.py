"""Whether a product is delivered to a postal code, when, and for how much: what its page says in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from shop.merchandising.product_page.shown import ProductPage, Sending
from shop.store.countries import country
from shop.store.places import place_of


@dataclass(frozen=True)
class DeliveryCheck:
    """The answer for one product in one colour. `problem` says why it cannot be sent, and stands in for the rest.

    `place` is empty where the country's directory does not know every code; `is_place` says that the code itself is
    one to remember, whether or not this product can be sent there.
    """

    shown: ProductPage
    code: str
    is_place: bool
    place: str
    problem: str | None

    @property
    def sendings(self) -> list[Sending]:
        return [] if self.problem else self.shown.sendings


def delivery_to(shown: ProductPage, code: str) -> DeliveryCheck:
    """Look a postal code up, written as the country writes them, for the shown colour."""
    place = place_of(code)
    wrong = _wrong(code, is_known=place is not None)
    words = f"{place.city}, {place.state}" if place else ""
    return DeliveryCheck(shown, code, not wrong, words, wrong or _hindrance(shown))


def _wrong(code: str, *, is_known: bool) -> str | None:
    postal = country().postal
    if not code:
        return postal.missing
    if not postal.fits(code):
        return postal.wrong
    return postal.unknown(code) if postal.is_whole and not is_known else None


def _hindrance(shown: ProductPage) -> str | None:
    if shown.is_sold_out:
        return f"{shown.colour.name} is sold out in every size, so there is nothing to send."
    return None if shown.sendings else "We send nothing at the moment. Please look in again."
