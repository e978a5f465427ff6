"""Bags, rules and terms in memory, for tests of prices that need no database."""

from datetime import UTC, date, datetime
from typing import Any

from shop.lib.money import Money
from shop.pricing.combining import Combining
from shop.pricing.priced import Priced
from shop.pricing.queries import Rate
from shop.pricing.quoting import Terms, work_out
from shop.pricing.tax_split import shares
from shop.pricing.trace import Step
from shop.pricing.values import Buyer, Goods
from shop.promotions.rules import Kind, Rule
from shop.store.countries import country_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RATES = {
    "IN": Rate("apparel", date(2025, 9, 22), Money(250000), low_rate=500, high_rate=1800),
    "BD": Rate("apparel", date(2025, 1, 22), None, low_rate=1000, high_rate=1000),
}
JACKET = Goods(1, 1, Money(300000), product_id=11, brand_id=1, category_id=21, name="Jacket")
TEES = Goods(2, 3, Money(50000), product_id=12, brand_id=2, category_id=22, name="Tee")


def a_rule(kind: Kind = Kind.PERCENT, value: int = 1000, *, id: int = 1, code: str | None = None, **more: Any) -> Rule:
    """A discount of ten percent on everything, unless said otherwise."""
    return Rule(id, more.pop("name", code or f"Discount {id}"), code, kind, value, **more)


def terms(
    country: str = "IN", combining: Combining | None = None, seller: str = "Karnataka", place: str | None = None
) -> Terms:
    """What holds on the day of these tests; amounts are written like 240.00, moments like 2026-11-21."""
    taxes = country_of(country).taxes
    return Terms(
        {"apparel": RATES[country]},
        taxes,
        NOW,
        combining or Combining(),
        lambda amount: amount.plain,
        lambda at: str(at.date()),
        shares(seller, place, taxes),
    )


def price(
    *goods: Goods, rules: tuple[Rule, ...] = (), code: str | None = None, combining: Combining | None = None, **who: Any
) -> Priced:
    """A jacket and three tees, or other goods, priced for a buyer in India."""
    return work_out(goods or (JACKET, TEES), Buyer("IN", **who), terms("IN", combining), rules, code)


def step_of(priced: Priced, name: str) -> Step:
    """What the price says of a promotion."""
    return next(step for step in priced.quote(None).trace if step.name == name)


def off(priced: Priced) -> list[int]:
    """The discount of each line."""
    return [line.discount.minor for line in priced.lines]
