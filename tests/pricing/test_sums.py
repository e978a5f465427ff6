"""Whatever is in a bag and whatever discounts hold: every whole is the sum of its parts, and nothing is below zero."""

import os
from functools import reduce
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.delivery.queries import Method
from shop.lib.money import ZERO, Money, total
from shop.orders.models import OrderLine
from shop.orders.paid import line_paid, paid_for
from shop.pricing.combining import Combining
from shop.pricing.quoting import work_out
from shop.pricing.tax_split import TaxSplit, part_of, split_tax
from shop.pricing.values import Buyer, Goods, Quote
from shop.promotions.rules import Kind, Rule
from shop.store.countries import country_of
from tests.pricing.bags import terms

CARTS = 100_000 if os.environ.get("SHOP_TEST_LONG") == "1" else 2_000
HOME = "Karnataka"
STATES = (HOME, "Kerala", "")


def check_halves(quoted: Quote) -> None:
    """The tax of each line, and of delivery and fee, has two equal halves."""
    taxes = [*(line.tax_contained + line.tax_added for line in quoted.lines), quoted.delivery_tax]
    assert all(tax.minor % 2 == 0 for tax in taxes)


def a_quote(dice: Random, state: str) -> Quote:
    """A price of some goods under some rules for a buyer of a state, or of Bangladesh; the same for the same dice."""
    country = "IN" if state else "BD"
    goods = [_goods(dice, place) for place in range(dice.randint(1, 6))]
    rules = [_rule(dice, number) for number in range(1, dice.randint(1, 6))]
    combining = Combining(dice.random() < 0.5, dice.random() < 0.5)
    priced = work_out(goods, Buyer(country, state), terms(country, combining, HOME, state), rules, "CODE")
    method = Method(1, "m", "Method", Money(dice.randint(0, 20000)), Money(1300), Money(dice.randint(1, 10**6)), 1, 2)
    return priced.quote(dice.choice([method, None]), Money(dice.choice([0, dice.randint(1, 9999)])))


def _goods(dice: Random, place: int) -> Goods:
    amount = dice.choice([1, dice.randint(1, 999), dice.randint(1000, 600000)])
    return Goods(
        place, dice.randint(1, 7), Money(amount), weight_grams=dice.randint(0, 3000), brand_id=dice.randint(1, 3)
    )


def _rule(dice: Random, number: int) -> Rule:
    kind = dice.choice(list(Kind))
    value = dice.randint(1, 300000) if kind == Kind.FIXED else dice.choice([10000, dice.randint(1, 10000)])
    return Rule(
        number,
        f"Rule {number}",
        "CODE" if number == 1 and dice.random() < 0.7 else None,
        kind,
        value,
        buy=dice.randint(1, 3),
        get=dice.randint(1, 2),
        most=Money(dice.randint(1, 50000)) if dice.random() < 0.3 else None,
        minimum=Money(dice.randint(1, 500000)) if dice.random() < 0.3 else None,
        brand_ids=frozenset({dice.randint(1, 3)}) if dice.random() < 0.4 else frozenset(),
        combines=dice.random() < 0.8,
        priority=dice.randint(0, 2),
    )


def kept(quoted: Quote) -> list[OrderLine]:
    """The lines as an order keeps them."""
    names = ("quantity", "total", "tax_contained", "tax_added")
    return [OrderLine(**{name: getattr(line, name) for name in names}) for line in quoted.lines]


def check_sums(quoted: Quote) -> None:
    """Lines, discounts, taxes, steps and promotions: every whole is the sum of its parts."""
    lines = quoted.lines
    parts = (quoted.delivery_charge, quoted.payment_fee, quoted.tax_added, -quoted.discount)
    assert quoted.total == reduce(Money.__add__, parts, quoted.lines_total)
    assert quoted.lines_total == total([line.unit_price * line.quantity for line in lines])
    assert quoted.discount == total([line.discount for line in lines])
    assert all(line.total == line.unit_price * line.quantity - line.discount for line in lines)
    tax = total([line.tax_added + line.tax_contained for line in lines]) + quoted.delivery_tax
    assert quoted.tax_added + quoted.tax_contained == tax
    assert total([step.amount for step in quoted.trace]) == quoted.total
    assert total([one.amount for one in quoted.discounts]) == quoted.discount


def check_signs(quoted: Quote) -> None:
    """Nothing is below zero, and no tax within a price is more than the price."""
    assert (
        min(quoted.total, quoted.delivery_charge, quoted.tax_added, quoted.tax_contained, quoted.delivery_tax) >= ZERO
    )
    assert all(line.discount >= ZERO and line.total >= line.tax_contained >= ZERO for line in quoted.lines)
    assert all(one.amount > ZERO for one in quoted.applied)


def check_refunds(quoted: Quote, dice: Random, state: str) -> None:
    """Units given back one after another, or some at once, end exactly at what was paid for them and at its tax."""
    for line in kept(quoted):
        given, paid = 0, line_paid(line)
        left = split_tax(line.tax_contained + line.tax_added, HOME, state, country_of("IN" if state else "BD").taxes)
        while given < line.quantity:
            units = dice.randint(1, line.quantity - given)
            back = paid_for(line, given, units)
            split = part_of(left, back, paid)
            assert split.central == split.state
            assert split.total <= back
            paid, left, given = paid - back, left - split, given + units
        assert paid == ZERO
        assert left == TaxSplit()


@pytest.mark.covers("ORD-10", "PRO-01")
@settings(max_examples=CARTS)
@given(st.integers(0, 2**64))
def test_every_whole_is_the_sum_of_its_parts_and_nothing_is_below_zero(seed: int) -> None:
    dice = Random(seed)
    state = dice.choice(STATES)
    quoted = a_quote(dice, state)
    check_sums(quoted)
    check_signs(quoted)
    check_refunds(quoted, dice, state)
    if state == HOME:
        check_halves(quoted)
