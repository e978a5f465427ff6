"""Fields that read what people type: amounts of money and whole numbers."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import StringField

from shop.lib.money import Money
from shop.store.typed import parse_money, parse_whole


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
