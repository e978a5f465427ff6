"""Money, dates and numbers as the store's country writes them; Jinja filters."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

from shop.lib.money import Money
from shop.store.countries import countries, country, sign_of
from shop.store.queries import store
from shop.store.settings import in_words


def install(app: Flask) -> None:
    """Register the filters `money`, `date`, `day`, `datetime` and `phone`, settings in words, and the country."""
    app.jinja_env.globals.update(setting=in_words, country=country)
    app.jinja_env.filters.update(money=money, date=day_month_year, day=weekday_and_day, datetime=moment, phone=phone)
    # What Babel knows is read before workers are forked, who share it then.
    for one in countries().values():
        format_date(date.min, locale=one.locale)


def money(amount: Money, currency: str | None = None) -> str:
    """₹1,499 or ₹1,499.50: the fraction only where there is one."""
    here = country()
    return _money(amount.minor, here.sign if currency is None else sign_of(currency), here.digits)


@lru_cache(maxsize=4096)
def _money(minor: int, sign: str, digits: str) -> str:
    pattern = f"{digits}.00" if minor % 100 else digits
    text = sign + format_decimal(Decimal(abs(minor)) / 100, pattern, locale="en")
    return f"−{text}" if minor < 0 else text


def local(when: datetime) -> datetime:
    """A moment in the store's time zone."""
    return when.astimezone(ZoneInfo(store().time_zone))


def day_month_year(when: date | datetime) -> str:
    """24 Nov 2026, in the store's time zone."""
    return _date(local(when).date() if isinstance(when, datetime) else when, "d MMM y", store().locale)


def weekday_and_day(when: date | datetime) -> str:
    """Tue 24 Nov."""
    return _date(local(when).date() if isinstance(when, datetime) else when, "EEE d MMM", store().locale)


@lru_cache(maxsize=1024)
def _date(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


def moment(when: datetime) -> str:
    """24 Nov 2026, 5:30 pm, in the store's time zone."""
    return format_datetime(local(when), "d MMM y, h:mm a", locale=store().locale)


@lru_cache(maxsize=4096)
def phone(number: str) -> str:
    """+91 98450 12345: in groups, as people read it; what is no number stays as it is."""
    try:
        return format_number(parse(number), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return number
