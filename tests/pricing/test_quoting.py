"""Exact prices with the tax they contain."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from shop.extensions import db
from shop.lib.money import Money
from shop.pricing.models import TaxRate
from shop.pricing.queries import Rate
from shop.pricing.quoting import quote
from shop.pricing.taxes import rate_for, tax_of
from shop.pricing.values import Buyer, Goods
from shop.promotions.rules import Kind, Rule
from shop.store.countries import country_of
from shop.store.queries import store
from shop.store.setting_services import set_value
from shop.store.settings import COUPON_ON_TOP, PROMOTIONS_COMBINE
from tests.pricing.bags import JACKET, a_rule
from tests.support.settings import shows

TODAY = date(2026, 11, 21)
RATE = Rate("apparel", date(2025, 9, 22), Money(250000), low_rate=500, high_rate=1800)
rates = st.sampled_from([0, 500, 750, 1200, 1800, 10_000])
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
@given(paid=st.integers(0, 10**9), rate=rates, shares=st.sampled_from([1, 2]))
def test_each_share_of_the_tax_within_a_price_is_right_within_half_a_paisa(paid: int, rate: int, shares: int) -> None:
    tax = tax_of(Money(paid), rate, country_of("IN").taxes, shares).minor
    assert tax % shares == 0
    assert 0 <= tax <= paid
    assert abs(tax * (10_000 + rate) - paid * rate) * 2 <= (10_000 + rate) * shares


@pytest.mark.covers("ORD-10")
@given(price=st.integers(0, 10**9), rate=rates)
def test_tax_on_top_of_a_price_is_right_within_half_a_paisa(price: int, rate: int) -> None:
    tax = tax_of(Money(price), rate, country_of("BD").taxes, 1).minor
    assert abs(tax * 10_000 - price * rate) * 2 <= 10_000


@pytest.mark.covers("ORD-10")
@pytest.mark.parametrize(
    ("price", "off", "inside", "outside"),
    [
        pytest.param(149900, 0, 7138, 7138, id="what leaves no odd paisa"),
        pytest.param(99990, 0, 4762, 4761, id="an odd paisa goes to both or to none"),
        pytest.param(269900, 0, 41172, 41171, id="above the slab"),
        pytest.param(269900, 7400, 12500, 12500, id="back in the slab by a discount"),
        pytest.param(1, 0, 0, 0, id="one paisa"),
        pytest.param(11, 0, 0, 1, id="less than half a paisa for each half"),
        pytest.param(21, 0, 2, 1, id="half a paisa for each half"),
        pytest.param(5000, 5000, 0, 0, id="a gift"),
    ],
)
def test_within_the_shops_state_the_tax_is_two_equal_halves(
    app: Flask, price: int, off: int, inside: int, outside: int
) -> None:
    """Each half is rounded for itself: 2.5/105 or 9/118 of the price; across states all of it is rounded once."""
    gift = (a_rule(Kind.FIXED, off),) if off else ()
    at_home, away = (
        quote([Goods(1, 1, Money(price))], Buyer("IN", state), None, TODAY, gift) for state in (store().state, "Goa")
    )
    assert (at_home.tax_contained, away.tax_contained) == (Money(inside), Money(outside))
    assert at_home.total == away.total == Money(price - off)


@pytest.mark.covers("ORD-10")
def test_goods_without_tax_have_none_in_either_half(app: Flask) -> None:
    free = TaxRate(country="IN", tax_class="apparel", starts_on=date(2026, 1, 1), low_rate=0, high_rate=0, source="Nil")
    db.session.add(free)
    db.session.commit()
    for state in (store().state, "Goa"):
        assert quote([Goods(1, 1, Money(99990))], Buyer("IN", state), None, TODAY).tax_contained == Money(0)


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
