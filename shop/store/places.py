"""Places of the store's country: its postal codes, and what the postal directory knows of one."""

from __future__ import annotations

from shop.store.countries import country
from shop.store.models import PostalCode
from shop.store.queries import postal_code


def is_postal_code(text: str | None) -> bool:
    """Whether this is written like a postal code here."""
    return country().postal.fits(text)


def place_of(code: str | None) -> PostalCode | None:
    """What the postal directory knows of a postal code; None for what is none."""
    return postal_code(country().code, code) if code and is_postal_code(code) else None
