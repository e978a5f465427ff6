"""Money, dates and numbers as the store's country writes them; Jinja filters."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

from shop.store.amounts import money as money  # asked for here by everyone
from shop.store.countries import countries, country
from shop.store.queries import store
from shop.store.settings import in_words


def install(app: Flask) -> None:
    """Register the filters `money`, `date`, `day`, `datetime` and `phone`, settings in words, and the country."""
    app.jinja_env.globals.update(setting=in_words, country=country)
    app.jinja_env.filters.update(money=money, date=day_month_year, day=weekday_and_day, datetime=moment, phone=phone)
    # What Babel knows is read before workers are forked, who share it then.
    for one in countries().values():
        format_date(date.min, locale=one.locale)


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
