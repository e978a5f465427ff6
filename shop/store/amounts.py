"""Amounts of money as a country writes them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from shop.lib.money import Money
from shop.store.countries import country, sign_of


def money(amount: Money, currency: str | None = None) -> str:
    """₹1,499 or ₹1,499.50: the fraction only where there is one."""
    here = country()
    return _money(amount.minor, here.sign if currency is None else sign_of(currency), here.digits)


def in_full(amount: Money, currency: str) -> str:
    """₹1,499.00: with its fraction, as amounts stand below each other on papers."""
    return _money(amount.minor, sign_of(currency), country().digits, is_full=True)


@lru_cache(maxsize=4096)
def _money(minor: int, sign: str, digits: str, *, is_full: bool = False) -> str:
    pattern = f"{digits}.00" if minor % 100 or is_full else digits
    text = sign + format_decimal(Decimal(abs(minor)) / 100, pattern, locale="en")
    return f"−{text}" if minor < 0 else text
