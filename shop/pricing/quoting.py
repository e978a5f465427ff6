"""Turns goods and a buyer into an exact quote: what each line costs, the tax in it, and delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shop.delivery.queries import Method
from shop.delivery.quoting import charge
from shop.lib.money import ZERO, Money, total
from shop.pricing.queries import Rate, rates
from shop.store.countries import country_of
from shop.store.countries.profile import Taxes

WHOLE = 10_000


@dataclass(frozen=True)
class Buyer:
    """Who buys, as far as the price depends on it."""

    country: str
    state: str | None = None
    user_id: int | None = None


@dataclass(frozen=True)
class Goods:
    """Units of one variant at their price, which includes tax where the country says so."""

    variant_id: int
    quantity: int
    unit_price: Money
    tax_class: str = "apparel"
    weight_grams: int = 0


@dataclass(frozen=True)
class QuotedLine:
    """What units of a variant come to; `tax_rate` in basis points."""

    variant_id: int
    quantity: int
    unit_price: Money
    discount: Money
    total: Money
    tax_rate: int
    tax_contained: Money
    tax_added: Money


@dataclass(frozen=True)
class Quote:
    """An exact price; `trace` says in words how it came about."""

    lines: tuple[QuotedLine, ...]
    lines_total: Money
    discount: Money
    delivery_charge: Money
    payment_fee: Money
    delivery_tax: Money
    tax_added: Money
    tax_contained: Money
    total: Money
    trace: tuple[str, ...]


class NoTaxRate(LookupError):
    """A tax class has no rate on that day: a mistake in the set-up, not of the buyer."""


def quote(goods: Sequence[Goods], buyer: Buyer, method: Method | None, on: date) -> Quote:
    """Price goods for a buyer on a day; without a delivery method the delivery charge is left out."""
    by_class = rates(buyer.country, {item.tax_class for item in goods}, on)
    taxes = country_of(buyer.country).taxes
    lines = tuple(_line(item, by_class, taxes) for item in goods)
    goods_total = total([line.total for line in lines])
    weight = sum(item.weight_grams * item.quantity for item in goods)
    delivery = charge(method, goods_total, weight) if method else ZERO
    delivery_tax = _delivery_tax(delivery, lines, taxes)
    added, contained = (delivery_tax, ZERO) if taxes.is_added else (ZERO, delivery_tax)
    added += total([line.tax_added for line in lines])
    contained += total([line.tax_contained for line in lines])
    trace = (*(_sentence(line, taxes) for line in lines), *([f"{method.name}: {delivery.minor}"] if method else []))
    whole = goods_total + delivery + added
    return Quote(lines, goods_total, ZERO, delivery, ZERO, delivery_tax, added, contained, whole, trace)


def rate_for(rate: Rate, paid: Money, quantity: int) -> int:
    """The rate in basis points for units sold at a price that includes tax.

    The low rate holds exactly when the net price of a piece at that rate is at most the threshold
    (56th GST Council: 5 % up to ₹2,500 a piece since 22 September 2025, else 18 %).
    """
    if rate.threshold is None:
        return rate.low_rate
    is_low = paid.minor * WHOLE <= rate.threshold.minor * (WHOLE + rate.low_rate) * quantity
    return rate.low_rate if is_low else rate.high_rate


def tax_in(paid: Money, rate: int) -> Money:
    """The tax contained in a price, at a rate in basis points, rounded half up."""
    return paid.share(rate, WHOLE + rate)


def tax_on(price: Money, rate: int) -> Money:
    """The tax that comes on top of a price, at a rate in basis points, rounded half up."""
    return price.share(rate, WHOLE)


def _tax(paid: Money, rate: int, taxes: Taxes) -> Money:
    return tax_on(paid, rate) if taxes.is_added else tax_in(paid, rate)


def _line(item: Goods, by_class: dict[str, Rate], taxes: Taxes) -> QuotedLine:
    if item.tax_class not in by_class:
        raise NoTaxRate(item.tax_class)
    paid = item.unit_price * item.quantity
    rate = rate_for(by_class[item.tax_class], paid, item.quantity)
    contained, added = (ZERO, tax_on(paid, rate)) if taxes.is_added else (tax_in(paid, rate), ZERO)
    return QuotedLine(item.variant_id, item.quantity, item.unit_price, ZERO, paid, rate, contained, added)


def _delivery_tax(delivery: Money, lines: tuple[QuotedLine, ...], taxes: Taxes) -> Money:
    """Delivery is part of a composite supply: it bears the rate of the principal goods (CGST Act, s. 8)."""
    if not delivery or not lines:
        return ZERO
    return _tax(delivery, max(lines, key=lambda line: line.total).tax_rate, taxes)


def _sentence(line: QuotedLine, taxes: Taxes) -> str:
    rate = f"{line.tax_rate / 100:g} % tax {'on top' if taxes.is_added else 'within'}"
    return f"variant {line.variant_id}: {line.quantity} × {line.unit_price.minor} at {rate}"
