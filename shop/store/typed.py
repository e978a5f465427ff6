"""Amounts and numbers as people type them, with the country's sign and grouping."""

from __future__ import annotations

import re

from shop.lib.money import Money
from shop.store.countries import countries

GROUPED = r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}"
AMOUNT = re.compile(rf"(?:[0-9]{{1,8}}|{GROUPED})(?:\.[0-9]{{1,2}})?")
WHOLE = re.compile(rf"[0-9]{{1,6}}|{GROUPED}")
AROUND = "".join(one.sign for one in countries().values()) + " \u00a0"
MOST_RUPEES, MOST_UNITS = 99_999_999, 999_999


def parse_money(text: str) -> Money | None:
    """Money from what a person typed, None for nothing; a ValueError says what is wrong otherwise."""
    bare = text.strip(AROUND)
    if not bare:
        return None
    rupees, _, fraction = bare.replace(",", "").partition(".")
    if not AMOUNT.fullmatch(bare) or int(rupees) > MOST_RUPEES:
        raise ValueError("Enter an amount such as 1499 or 1,499.50.")
    amount = Money(int(rupees) * 100 + int(fraction.ljust(2, "0") or 0))
    if not amount:
        raise ValueError("The amount must be more than 0.")
    return amount


def parse_whole(text: str) -> int | None:
    """A whole number from 0 to 999,999 from what a person typed, None for nothing; a ValueError otherwise."""
    bare = text.strip(AROUND)
    if not bare:
        return None
    if not WHOLE.fullmatch(bare) or int(bare.replace(",", "")) > MOST_UNITS:
        raise ValueError("Enter a whole number from 0 to 999999.")
    return int(bare.replace(",", ""))
