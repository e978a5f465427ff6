"""What an owner types into a cell is read as she means it, or refused; a slip never becomes a price."""

import pytest

from shop.lib.money import Money
from shop.store.typed import parse_money, parse_whole


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("1499", 149900), ("1,499", 149900), (" ₹ 1,499.50 ", 149950), ("1,00,000", 10000000), ("100,000", 10000000),
     ("0.05", 5), ("99999999", 9999999900)],
)  # fmt: skip
def test_amounts_as_people_write_them(typed: str, minor: int) -> None:
    assert parse_money(typed) == Money(minor)


@pytest.mark.parametrize(
    "typed",
    [
        "1 2 3",
        "1,2",
        "12,34",
        ",499",
        "1,499,",
        "-5",
        "1e9",
        "0",
        "1.999",
        "१२३",
        "NaN",
        "999999999",
        "1,49.9",
        "12 ₹ 3",
    ],
)
def test_a_slip_is_no_amount(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_money(typed)


@pytest.mark.parametrize("typed", ["1 2", "1,2", "-1", "1.0", "1000000", "9,999,999", "४"])
def test_a_slip_is_no_number_of_units(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_whole(typed)


def test_nothing_typed_is_nothing() -> None:
    assert (parse_money("  "), parse_whole(""), parse_whole("1,200")) == (None, None, 1200)
