"""The price of goods for a buyer: discounts of each line, delivery, the fee of the way to pay, and all tax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shop.delivery.queries import Method
from shop.lib.clock import now
from shop.lib.money import ZERO, Money
from shop.pricing.combining import Combining, settle
from shop.pricing.conditions import Asked, Say, When
from shop.pricing.priced import Priced
from shop.pricing.queries import Rate, rates
from shop.pricing.tax_split import shares
from shop.pricing.taxes import parted, rate_for, tax_of
from shop.pricing.values import Buyer, Goods, Quote, QuotedLine
from shop.promotions.rules import Kind, Rule
from shop.store.countries import country_of
from shop.store.countries.profile import Taxes
from shop.store.formats import moment, money
from shop.store.queries import store
from shop.store.settings import COUPON_ON_TOP, PROMOTIONS_COMBINE, value_of


class NoTaxRate(LookupError):
    """A tax class has no rate on that day: a mistake in the set-up, not of the buyer."""


@dataclass(frozen=True)
class Terms:
    """What a price depends on besides goods, buyer and rules; `say` writes amounts of money, `when` moments.

    `shares` says of how many equal shares the tax is made where the goods go.
    """

    rates: Mapping[str, Rate]
    taxes: Taxes
    at: datetime
    combining: Combining
    say: Say = money
    when: When = moment
    shares: int = 1


def quote(
    goods: Sequence[Goods],
    buyer: Buyer,
    method: Method | None,
    on: date,
    rules: Sequence[Rule] = (),
    coupon_code: str | None = None,
    payment_fee: Money = ZERO,
) -> Quote:
    """Price goods for a buyer on a day; without a delivery method the delivery charge is left out.

    Of the rules with a code only the buyer's coupon counts, given as promotions keep codes. The fee contains its tax
    where prices do. Raises NoTaxRate.
    """
    return price_goods(goods, buyer, on, rules, coupon_code).quote(method, payment_fee)


def price_goods(
    goods: Sequence[Goods], buyer: Buyer, on: date, rules: Sequence[Rule] = (), coupon_code: str | None = None
) -> Priced:
    """The same before it is known how goods are sent and paid: for whoever compares deliveries."""
    combining = Combining(value_of(PROMOTIONS_COMBINE) == "all", value_of(COUPON_ON_TOP) == "top")
    known = rates(buyer.country, {item.tax_class for item in goods}, on)
    taxes = country_of(buyer.country).taxes
    terms = Terms(known, taxes, now(), combining, shares=shares(store().state, buyer.state, taxes))
    return work_out(goods, buyer, terms, rules, coupon_code)


def work_out(
    goods: Sequence[Goods], buyer: Buyer, terms: Terms, rules: Sequence[Rule] = (), coupon_code: str | None = None
) -> Priced:
    """The same in memory alone: nothing is read."""
    asked = Asked(goods, buyer, terms.at, terms.say, terms.when)
    tried = [rule for rule in rules if rule.code is None or rule.code == coupon_code]
    settled = settle(asked, [rule for rule in tried if rule.kind != Kind.FREE_DELIVERY], terms.combining)
    off = [sum(parts) for parts in zip([0] * len(goods), *(one.off for one in settled), strict=True)]
    return Priced(
        asked,
        terms.taxes,
        terms.shares,
        tuple(_line(item, Money(less), terms) for item, less in zip(goods, off, strict=True)),
        settled,
        [rule for rule in tried if rule.kind == Kind.FREE_DELIVERY],
        unknown_code=coupon_code if all(rule.code is None for rule in tried) else None,
    )


def _line(item: Goods, discount: Money, terms: Terms) -> QuotedLine:
    if item.tax_class not in terms.rates:
        raise NoTaxRate(item.tax_class)
    paid = item.total - discount
    rate = rate_for(terms.rates[item.tax_class], paid, item.quantity)
    contained, added = parted(tax_of(paid, rate, terms.taxes, terms.shares), terms.taxes)
    return QuotedLine(item.variant_id, item.quantity, item.unit_price, discount, paid, rate, contained, added)
