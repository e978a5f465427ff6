"""Exact prices with the tax they contain."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from shop.lib.money import Money
from shop.pricing.queries import Rate
from shop.pricing.quoting import quote
from shop.pricing.taxes import rate_for, tax_in
from shop.pricing.values import Buyer, Goods
from shop.promotions.rules import Kind, Rule
from shop.store.setting_services import set_value
from shop.store.settings import COUPON_ON_TOP, PROMOTIONS_COMBINE
from tests.pricing.bags import JACKET, a_rule
from tests.support.settings import shows

TODAY = date(2026, 11, 21)
RATE = Rate("apparel", date(2025, 9, 22), Money(250000), low_rate=500, high_rate=1800)
INDIA = Buyer("IN", "Karnataka")


@pytest.mark.covers("ORD-10")
@pytest.mark.parametrize(
    ("paid", "quantity", "rate"),
    [(262500, 1, 500), (262501, 1, 1800), (525000, 2, 500), (525001, 2, 1800), (100, 1, 500)],
)
def test_the_low_rate_ends_exactly_at_2500_rupees_net_a_piece(paid: int, quantity: int, rate: int) -> None:
    assert rate_for(RATE, Money(paid), quantity) == rate


@pytest.mark.covers("ORD-10")
@pytest.mark.parametrize(("day", "rate"), [(date(2025, 9, 21), 1200), (date(2025, 9, 22), 500)])
def test_the_slabs_of_the_56th_council_hold_from_their_day_on(app: Flask, day: date, rate: int) -> None:
    priced = quote([Goods(1, 1, Money(150000))], INDIA, None, day)
    assert priced.lines[0].tax_rate == rate


@pytest.mark.covers("ORD-10")
def test_prices_contain_their_tax_and_none_is_added(app: Flask) -> None:
    priced = quote([Goods(1, 2, Money(105000)), Goods(2, 1, Money(354000))], INDIA, None, TODAY)
    assert [line.tax_contained for line in priced.lines] == [Money(10000), Money(54000)]
    assert (priced.tax_added, priced.tax_contained, priced.total) == (Money(0), Money(64000), Money(564000))


@pytest.mark.covers("ORD-10")
@given(paid=st.integers(0, 10**9), rate=st.sampled_from([0, 500, 1200, 1800]))
def test_net_and_tax_sum_to_what_was_paid_within_half_a_paisa(paid: int, rate: int) -> None:
    tax = tax_in(Money(paid), rate).minor
    assert abs(tax * (10_000 + rate) - paid * rate) * 2 <= 10_000 + rate


def discount_of(*rules: Rule) -> int:
    """What a jacket costs less under rules, for who named the coupon."""
    return quote([JACKET], INDIA, None, TODAY, rules, "SAVE10").discount.minor


@shows(PROMOTIONS_COMBINE)
@pytest.mark.covers("STO-03", "PRO-01")
def test_the_owner_says_whether_discounts_follow_one_another(app: Flask) -> None:
    pair = (a_rule(value=1000), a_rule(Kind.FIXED, 10000, id=2))
    assert discount_of(*pair) == 30000
    set_value(PROMOTIONS_COMBINE, "all")
    assert discount_of(*pair) == 40000


@shows(COUPON_ON_TOP)
@pytest.mark.covers("STO-03", "PRO-01")
def test_the_owner_says_whether_a_coupon_comes_on_top(app: Flask) -> None:
    pair = (a_rule(Kind.FIXED, 20000), a_rule(value=1000, id=2, code="SAVE10"))
    assert discount_of(*pair) == 20000 + 28000
    set_value(COUPON_ON_TOP, "better")
    assert discount_of(*pair) == 30000
