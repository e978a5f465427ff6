"""Fields that read what people type: amounts of money and whole numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wtforms import StringField, ValidationError

from shop.lib.money import Money
from shop.store.countries import countries

GROUPED = r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}"
AMOUNT = re.compile(rf"(?:[0-9]{{1,8}}|{GROUPED})(?:\.[0-9]{{1,2}})?")
WHOLE = re.compile(rf"[0-9]{{1,6}}|{GROUPED}")
AROUND = "".join(one.sign for one in countries().values()) + " \u00a0"
MOST_RUPEES, MOST_UNITS = 99_999_999, 999_999


class MoneyField(StringField):
    """An amount such as 1,499 or 1499.50; `data` is Money, or None where nothing was typed."""

    typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.typed = valuelist[0]
            self.data = parse_money(valuelist[0])

    def _value(self) -> str:
        if self.typed or not isinstance(self.data, Money):
            return self.typed
        return plain(self.data)


class WholeField(StringField):
    """A whole number from 0; `data` is an int, or None where nothing was typed."""

    typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.typed = valuelist[0]
            self.data = parse_whole(valuelist[0])

    def _value(self) -> str:
        return self.typed or str(self.data if self.data is not None else "")


def parse_money(text: str) -> Money | None:
    """Money from what a person typed, None for nothing; says what is wrong otherwise."""
    bare = text.strip(AROUND)
    if not bare:
        return None
    rupees, _, fraction = bare.replace(",", "").partition(".")
    if not AMOUNT.fullmatch(bare) or int(rupees) > MOST_RUPEES:
        raise ValidationError("Enter an amount such as 1499 or 1,499.50.")
    amount = Money(int(rupees) * 100 + int(fraction.ljust(2, "0") or 0))
    if not amount:
        raise ValidationError("The amount must be more than 0.")
    return amount


def parse_whole(text: str) -> int | None:
    """A whole number from 0 to 999,999 from what a person typed, None for nothing."""
    bare = text.strip(AROUND)
    if not bare:
        return None
    if not WHOLE.fullmatch(bare) or int(bare.replace(",", "")) > MOST_UNITS:
        raise ValidationError("Enter a whole number from 0 to 999999.")
    return int(bare.replace(",", ""))


def plain(amount: Money) -> str:
    """An amount as it is typed: 1499 or 1499.50."""
    rupees, fraction = divmod(amount.minor, 100)
    return f"{rupees}.{fraction:02d}" if fraction else str(rupees)


def seen_minor(values: Mapping[str, str]) -> Money | None:
    """The hidden amount a cell was drawn with, or None."""
    seen = seen_whole(values)
    return None if seen is None else Money(seen)


def seen_whole(values: Mapping[str, str]) -> int | None:
    """The hidden number a cell was drawn with, or None."""
    text = values.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
