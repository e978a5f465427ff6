"""What sending costs and when it arrives."""

from dataclasses import replace
from datetime import date

import pytest

from shop.delivery.queries import Method
from shop.delivery.quoting import arrival, charge
from shop.lib.money import Money


def method(**changes: object) -> Method:
    return replace(Method(1, "express", "Express", Money(7900), Money(4000), None, min_days=1, max_days=2), **changes)


@pytest.mark.covers("ORD-09")
@pytest.mark.parametrize(("grams", "expected"), [(0, 7900), (1000, 7900), (1001, 11900), (2000, 11900), (2001, 15900)])
def test_each_started_kilogram_beyond_the_first_costs_more(grams: int, expected: int) -> None:
    assert charge(method(), Money(100), grams) == Money(expected)


@pytest.mark.covers("ORD-09")
@pytest.mark.parametrize(("goods", "expected"), [(149899, 7900), (149900, 0), (200000, 0)])
def test_delivery_is_free_from_exactly_the_free_amount(goods: int, expected: int) -> None:
    standard = method(free_from=Money(149900), charge_per_kg=Money(0))
    assert charge(standard, Money(goods), 500) == Money(expected)


@pytest.mark.covers("ORD-09")
def test_couriers_rest_on_sundays() -> None:
    saturday = date(2026, 11, 21)
    assert arrival(method(), saturday) == (date(2026, 11, 23), date(2026, 11, 24))
    same_day = method(min_days=0, max_days=0)
    assert [arrival(same_day, date(2026, 11, day))[0].day for day in (21, 22, 23)] == [21, 23, 23]
