"""Fields that read what people type: amounts of money, whole numbers and moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wtforms import StringField
from wtforms.widgets import DateTimeLocalInput

from shop.lib.money import Money
from shop.store.typed import parse_moment, parse_money, parse_whole, plain_moment


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


class MomentField(StringField):
    """A day and a time of the store's clock in whole minutes; `data` is a moment in UTC, or None for nothing."""

    widget = DateTimeLocalInput()
    data: datetime | None
    typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.typed = valuelist[0]
            self.data = parse_moment(valuelist[0])

    def _value(self) -> str:
        if self.typed or not isinstance(self.data, datetime):
            return self.typed
        return plain_moment(self.data)


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
