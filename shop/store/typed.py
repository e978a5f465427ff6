"""Amounts and numbers as people type them, with the country's sign and grouping, and moments of the store's clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shop.lib.money import Money
from shop.store.countries import countries
from shop.store.formats import local
from shop.store.queries import store

GROUPED = r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}"
AMOUNT = re.compile(rf"(?:[0-9]{{1,8}}|{GROUPED})(?:\.[0-9]{{1,2}})?")
WHOLE = re.compile(rf"[0-9]{{1,6}}|{GROUPED}")
AROUND = "".join(one.sign for one in countries().values()) + " \u00a0"
MOMENT = "%Y-%m-%dT%H:%M"
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


def parse_moment(text: str) -> datetime | None:
    """A moment in UTC from a day and a time of the store's clock, None for nothing; a ValueError otherwise."""
    bare = text.strip().replace(" ", "T")
    if not bare:
        return None
    try:
        typed = datetime.strptime(bare, MOMENT).replace(tzinfo=ZoneInfo(store().time_zone))
    except ValueError as error:
        raise ValueError("Enter a day and a time such as 2026-11-24 09:30.") from error
    if not 2000 <= typed.year < 2200:
        raise ValueError("Enter a day and a time from 2000 to 2199.")
    return typed.astimezone(UTC)


def plain_moment(when: datetime) -> str:
    """A moment as it is typed: 2026-11-24T09:30 of the store's clock."""
    return local(when).strftime(MOMENT)
