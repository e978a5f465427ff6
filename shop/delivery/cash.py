"""Where cash on delivery is offered, up to which amount, and what it costs (ORD-01)."""

from __future__ import annotations

from dataclasses import dataclass

from shop.delivery.zones import Place
from shop.lib.money import ZERO, Money
from shop.store.amounts import money
from shop.store.cash_settings import CASH_FEE, CASH_MOST, CASH_NOT_TO
from shop.store.countries import country
from shop.store.postal_areas import areas_of, is_within
from shop.store.settings import value_of

CASH_ON_DELIVERY = "cod"


@dataclass(frozen=True)
class CashTerms:
    """What cash on delivery costs, or in a sentence why it is not offered; `needs_code`: a confirmed phone helps.

    `part` is what is to be paid before, another way.
    """

    fee: Money = ZERO
    part: Money = ZERO
    refusal: str | None = None
    needs_code: bool = False

    @property
    def is_offered(self) -> bool:
        return self.refusal is None


def cash_terms(place: Place | None, total: Money) -> CashTerms:
    """The terms for an order that comes to `total` without the fee; while no place is known, as if it were near."""
    if refusal := _refusal(place, total):
        return CashTerms(refusal=refusal)
    return CashTerms(Money(value_of(CASH_FEE)))


def _refusal(place: Place | None, total: Money) -> str | None:
    most = Money(value_of(CASH_MOST))
    if CASH_ON_DELIVERY not in country().payments:
        return f"There is no cash on delivery in {country().name}."
    if place and is_within(place.postal_code, areas_of(value_of(CASH_NOT_TO))):
        return f"There is no cash on delivery to {place.postal_code}."
    if most and total > most:
        return f"Cash on delivery is for orders up to {money(most)}."
    return None
