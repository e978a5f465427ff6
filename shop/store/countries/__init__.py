"""The countries the shop can be run in: one file each. A new file here is a new country, and nothing else is needed."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from shop.store.countries.profile import Country
from shop.store.queries import store

FRAME = "profile"


@cache
def countries() -> dict[str, Country]:
    """Every country by its two letters (ISO 3166-1)."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__) if found.name != FRAME)
    found: list[Country] = [import_module(f"{__name__}.{name}").COUNTRY for name in names]
    return {country.code: country for country in found}


def country_of(code: str) -> Country:
    """The country of two letters; KeyError for one the shop cannot be run in."""
    return countries()[code]


def country() -> Country:
    """The country of the active store."""
    return country_of(store().country)


def sign_of(currency: str) -> str:
    """What stands before an amount: the currency's sign, or its letters where no country of ours uses it."""
    return next((one.sign for one in countries().values() if one.currency == currency), f"{currency} ")
