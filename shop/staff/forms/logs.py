"""What logs are narrowed by: a person, a day, a choice. Nonsense counts as nothing, so an old link never breaks."""

from __future__ import annotations

from datetime import date
from typing import Any

from shop.accounts.contacts import login_name
from shop.accounts.models import User
from shop.accounts.queries.people import named
from shop.extensions import db

NOBODY = -1


def person_in(typed: str) -> int | None:
    """The account that is meant by an e-mail, a phone or a number; NOBODY where there is none."""
    if not typed:
        return None
    if number := number_in(typed):
        return number
    name = login_name(typed)
    return db.session.scalar(named(name).with_only_columns(User.id)) or NOBODY


def number_in(typed: str) -> int | None:
    """A number that an id may be."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def text_in(field: Any, longest: int) -> str:
    """What stands in a field, as far as it can be looked for."""
    return (field.data or "").replace("\x00", "").strip()[:longest]


def offered(field: Any) -> str:
    """The choice that was made, if it is on offer."""
    return field.data if field.data in {choice.value for choice in field.iter_choices()} else ""


def plausible(day: date | None) -> date | None:
    """A day that still exists in every time zone and has a day after it."""
    return day if day and date.min.year < day.year < date.max.year else None


def row_before(typed: str) -> int | None:
    """The row a page of a log begins below."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None
