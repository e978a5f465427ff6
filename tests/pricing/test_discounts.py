"""What promotions take off a bag, which of them count, and what is said of the others."""

from datetime import timedelta
from typing import Any

import pytest

from shop.delivery.queries import Method
from shop.lib.money import ZERO, Money
from shop.pricing.combining import Combining
from shop.pricing.values import Goods
from shop.promotions.rules import Kind, Rule
from tests.pricing.bags import JACKET, NOW, TEES, a_rule, off, price, step_of

STANDARD = Method(1, "standard", "Standard", Money(7900), ZERO, Money(200000), 2, 4)
FREE_DELIVERY = a_rule(Kind.FREE_DELIVERY, 0, id=5, code="SHIPFREE")
ONE_AFTER_ANOTHER = Combining(one_after_another=True)


@pytest.mark.covers("PRO-01")
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (a_rule(value=1000), [30000, 15000]),
        (a_rule(value=1000, most=Money(10000)), [6667, 3333]),
        (a_rule(Kind.FIXED, 90000), [60000, 30000]),
        (a_rule(Kind.FIXED, 10**9), [300000, 150000]),
        (a_rule(brand_ids=frozenset({2})), [0, 15000]),
        (a_rule(category_ids=frozenset({21})), [30000, 0]),
        (a_rule(product_ids=frozenset({12}), brand_ids=frozenset({1})), [30000, 15000]),
        (a_rule(Kind.BUY_GET, 10000, buy=1, get=1), [0, 100000]),
        (a_rule(Kind.BUY_GET, 5000, buy=2, get=1, product_ids=frozenset({12})), [0, 25000]),
    ],
)
def test_a_discount_takes_off_each_line_what_its_kind_says(rule: Rule, expected: list[int]) -> None:
    assert off(price(rules=(rule,))) == expected


@pytest.mark.covers("PRO-01")
def test_of_every_three_pieces_the_cheapest_is_free_whatever_lines_they_stand_on() -> None:
    goods = [
        Goods(number, 1, Money(amount)) for number, amount in enumerate([40000, 90000, 70000, 50000, 80000, 60000])
    ]
    priced = price(*goods, rules=(a_rule(Kind.BUY_GET, 10000, buy=2, get=1),))
    assert off(priced) == [40000, 0, 70000, 0, 0, 0]


@pytest.mark.covers("PRO-01")
@pytest.mark.parametrize(
    ("rule", "buyer", "reason"),
    [
        ({"minimum": Money(474000)}, {}, "Add 240.00 for SAVE10"),
        ({"starts_at": NOW + timedelta(hours=1)}, {}, "Starts on 2026-11-21"),
        ({"ends_at": NOW}, {}, "Ended on 2026-11-21"),
        ({"is_used_up": True}, {}, "Has been used as often as it may be"),
        ({"uses_each": 2}, {"uses": {1: 2}}, "You have used it already"),
        ({"first_order": True}, {"is_first_order": False}, "Only on a first order"),
        ({"group_id": 7}, {"group_ids": frozenset({8})}, "Only for a group of customers"),
        ({"brand_ids": frozenset({9})}, {}, "Nothing in the bag is part of it"),
        ({"kind": Kind.BUY_GET, "buy": 4, "get": 2}, {}, "Add 2 more for SAVE10"),
    ],
)
def test_a_coupon_that_does_not_hold_says_why(rule: dict[str, Any], buyer: dict[str, Any], reason: str) -> None:
    priced = price(rules=(a_rule(code="SAVE10", **rule),), code="SAVE10", **buyer)
    step = step_of(priced, "SAVE10")
    assert (off(priced), step.applied, step.reason) == ([0, 0], False, reason)


@pytest.mark.covers("PRO-01")
@pytest.mark.parametrize(
    ("rule", "buyer"),
    [
        ({"minimum": Money(450000)}, {}),
        ({"uses_each": 2}, {"uses": {1: 1}}),
        ({"first_order": True}, {}),
        ({"group_id": 7}, {"group_ids": frozenset({7})}),
        ({"starts_at": NOW, "ends_at": NOW + timedelta(seconds=1)}, {}),
    ],
)
def test_at_its_limit_a_coupon_still_holds(rule: dict[str, Any], buyer: dict[str, Any]) -> None:
    assert off(price(rules=(a_rule(code="SAVE10", **rule),), code="SAVE10", **buyer)) == [30000, 15000]


@pytest.mark.covers("PRO-01")
def test_a_coupon_counts_only_for_who_names_it_and_an_unknown_one_says_so() -> None:
    coupon = a_rule(code="SAVE10")
    assert off(price(rules=(coupon,))) == [0, 0]
    assert off(price(rules=(coupon,), code="SAVE10")) == [30000, 15000]
    assert step_of(price(rules=(coupon,), code="SAVE99"), "SAVE99").reason == "There is no such coupon"


@pytest.mark.covers("PRO-01")
def test_the_best_discount_takes_each_line_and_the_others_say_that_it_is_better() -> None:
    small, tees, jacket = a_rule(value=500), a_rule(value=2000, id=2, brand_ids=frozenset({2})), a_rule(value=700, id=3)
    priced = price(rules=(small, tees, jacket))
    assert off(priced) == [21000, 30000]
    assert step_of(priced, "Discount 1").reason == "Another discount is better for this"


@pytest.mark.covers("PRO-01")
def test_one_after_another_each_takes_from_what_is_left_by_priority() -> None:
    half, fixed = a_rule(value=5000), a_rule(Kind.FIXED, 10000, id=2, priority=9)
    assert off(price(JACKET, rules=(half, fixed), combining=ONE_AFTER_ANOTHER)) == [10000 + 145000]


@pytest.mark.covers("PRO-01")
def test_a_discount_that_does_not_combine_shares_no_line() -> None:
    alone = a_rule(value=500, brand_ids=frozenset({2}), combines=False, priority=1)
    priced = price(rules=(alone, a_rule(id=2)), combining=ONE_AFTER_ANOTHER)
    assert off(priced) == [30000, 7500]
    late = a_rule(id=2, brand_ids=frozenset({2}))
    assert step_of(price(rules=(alone, late), combining=ONE_AFTER_ANOTHER), "Discount 2").reason == (
        "Does not combine with another discount"
    )


@pytest.mark.covers("PRO-01")
@pytest.mark.parametrize(
    ("coupon", "combining", "expected"),
    [
        (a_rule(value=1000, id=2, code="C"), Combining(), 20000 + 28000),
        (a_rule(value=1000, id=2, code="C"), Combining(coupon_on_top=False), 30000),
        (a_rule(value=500, id=2, code="C"), Combining(coupon_on_top=False), 20000),
        (a_rule(value=1000, id=2, code="C", combines=False), Combining(), 30000),
    ],
)
def test_a_coupon_comes_on_top_or_the_buyer_gets_the_better_of_both(
    coupon: Rule, combining: Combining, expected: int
) -> None:
    automatic = a_rule(Kind.FIXED, 20000)
    assert off(price(JACKET, rules=(automatic, coupon), code="C", combining=combining)) == [expected]


@pytest.mark.covers("PRO-01")
def test_of_coupon_and_discounts_the_one_given_up_says_which_takes_off_more() -> None:
    pair = (a_rule(Kind.FIXED, 20000), a_rule(value=1000, id=2, code="C"))
    better = Combining(coupon_on_top=False)
    assert step_of(price(JACKET, rules=pair, code="C", combining=better), "Discount 1").reason == "C takes off more"
    weak = (pair[0], a_rule(value=100, id=2, code="C"))
    told = step_of(price(JACKET, rules=weak, code="C", combining=better), "C").reason
    assert told == "The discounts you have without it take off more"


@pytest.mark.covers("PRO-01")
def test_free_delivery_takes_the_charge_away_and_counts_as_used() -> None:
    quoted = price(TEES, rules=(FREE_DELIVERY,), code="SHIPFREE").quote(STANDARD)
    assert (quoted.delivery_charge, quoted.discount, quoted.total) == (ZERO, ZERO, TEES.total)
    assert [(one.promotion_id, one.amount) for one in quoted.applied] == [(5, Money(7900))]


@pytest.mark.covers("PRO-01")
def test_what_is_free_already_uses_no_coupon() -> None:
    quoted = price(rules=(FREE_DELIVERY,), code="SHIPFREE").quote(STANDARD)
    assert quoted.applied == ()
    assert "Delivery is free already" in [step.reason for step in quoted.trace]


@pytest.mark.covers("ORD-09", "PRO-01")
def test_delivery_is_free_by_what_goods_cost_after_discounts() -> None:
    assert price(JACKET, rules=(a_rule(value=3000),)).quote(STANDARD).delivery_charge == ZERO
    assert price(JACKET, rules=(a_rule(value=3500),)).quote(STANDARD).delivery_charge == Money(7900)


@pytest.mark.covers("ORD-10")
def test_the_rate_of_tax_is_asked_of_the_price_after_discount() -> None:
    assert price(JACKET).lines[0].tax_rate == 1800
    assert price(JACKET, rules=(a_rule(value=1250),)).lines[0].tax_rate == 500


@pytest.mark.covers("ORD-10")
def test_the_fee_of_a_way_to_pay_bears_the_tax_of_delivery() -> None:
    quoted = price(TEES).quote(STANDARD, Money(2600))
    assert (quoted.payment_fee, quoted.delivery_tax, quoted.total) == (Money(2600), Money(500), Money(160500))
