"""Money: one rounding, one allocation, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.lib.money import Money, allocate, divide_half_up, total


@pytest.mark.covers("ORD-10")
@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (-4, 3, -1), (1, 2, 1), (0, 7, 0), (149, 100, 1), (150, 100, 2)],
)
def test_halves_round_away_from_zero(numerator: int, denominator: int, expected: int) -> None:
    assert divide_half_up(numerator, denominator) == expected


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_allocated_parts_sum_to_the_whole_and_stray_less_than_one_unit(amount: int, weights: list[int]) -> None:
    parts = allocate(Money(amount), weights)
    assert total(parts) == Money(amount)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * sum(weights) - amount * weight) < sum(weights)


def test_nothing_can_be_allocated_to_nobody() -> None:
    with pytest.raises(ValueError, match="more than zero"):
        allocate(Money(1), [0, 0])


@pytest.mark.parametrize(
    ("sale", "regular", "percent"), [(149900, 219900, 31), (100, 100, 0), (1, 0, 0), (999, 1000, 0)]
)
def test_percent_off_is_never_promised_too_high(sale: int, regular: int, percent: int) -> None:
    assert Money(sale).percent_below(Money(regular)) == percent
