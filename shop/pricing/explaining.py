"""The steps of a price in words. The amounts of all steps of a quote sum to its total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shop.lib.money import ZERO, Money, total
from shop.pricing.combining import Tried
from shop.pricing.conditions import Asked, Say, called
from shop.pricing.trace import Step, StepKind
from shop.pricing.values import QuotedLine
from shop.promotions.rules import Kind, Rule
from shop.store.countries.profile import Taxes

K = StepKind


def goods_steps(asked: Asked, settled: Sequence[Tried], unknown_code: str | None) -> Iterator[Step]:
    """The lines at their prices, then every discount that was tried for them."""
    for item in asked.goods:
        yield Step(K.LINE, item.name, reason=f"{item.quantity} × {asked.say(item.unit_price)}", amount=item.total)
    for one in settled:
        reason = one.reason or words(one.rule, asked.say)
        yield Step(kind_of(one.rule), called(one.rule), bool(one.amount), reason, Money(-one.amount), is_told(one.rule))
    if unknown_code:
        yield Step(K.COUPON, unknown_code, False, "There is no such coupon")


def fee_steps(fee: Money, is_waived: bool) -> Iterator[Step]:
    """What the way to pay costs, or why it costs nothing."""
    if fee:
        yield Step(K.FEE, "Cash on delivery", amount=fee)
    elif is_waived:
        yield Step(K.FEE, "Cash on delivery", False, "No fee: nothing is left to be paid in cash")


def tax_steps(
    lines: Sequence[QuotedLine], besides: Money, besides_tax: Money, taxes: Taxes, say: Say
) -> Iterator[Step]:
    """The tax by its rates, then that of delivery and fee; only tax that comes on top has an amount."""
    for rate in sorted({line.tax_rate for line in lines}):
        alike = [line for line in lines if line.tax_rate == rate]
        tax = total([line.tax_added + line.tax_contained for line in alike])
        yield _tax_step(f"{taxes.name} {rate / 100:g} %", total([line.total for line in alike]), tax, taxes, say)
    if besides_tax:
        yield _tax_step(f"{taxes.name} on delivery", besides, besides_tax, taxes, say)


def kind_of(rule: Rule) -> StepKind:
    """Whether a rule is a coupon or a discount that comes by itself."""
    return K.COUPON if rule.code else K.PROMOTION


def is_told(rule: Rule) -> bool:
    """Whether a shopper may read that a rule was tried: one they named, or one the owner shows to all."""
    return bool(rule.code) or rule.is_public


def words(rule: Rule, say: Say) -> str:
    """What a rule gives: 10 % off, up to ₹500."""
    up_to = f", up to {say(rule.most)}" if rule.most is not None else ""
    return f"{_gift(rule, say)}{up_to}"


def _gift(rule: Rule, say: Say) -> str:
    percent = f"{rule.value / 100:g} % off"
    match rule.kind:
        case Kind.PERCENT:
            return percent
        case Kind.FIXED:
            return f"{say(Money(rule.value))} off"
        case Kind.BUY_GET:
            return f"Buy {rule.buy}, get {rule.get} {'free' if rule.value == 10_000 else percent}"
        case Kind.FREE_DELIVERY:
            return "Free delivery"


def _tax_step(name: str, base: Money, tax: Money, taxes: Taxes, say: Say) -> Step:
    if taxes.is_added:
        return Step(K.TAX, name, reason=f"On top of {say(base)}", amount=tax)
    return Step(K.TAX, name, reason=f"{say(tax)} within {say(base)}", amount=ZERO)
