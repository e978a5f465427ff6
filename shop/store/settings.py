"""Every tunable of the shop: typed, with its default, unit and effect (STO-03).

A constant becomes a setting where an owner has a reason to change it. Limits that only keep the shop safe stay code.
"""

from __future__ import annotations

from flask import g
from sqlalchemy import select

from shop.extensions import db
from shop.lib.kept import kept_by_stamp
from shop.store.models import SettingValue
from shop.store.setting_types import Group, Setting, T, Whole

RESERVATION_MINUTES = Whole(
    "reservation_minutes", "Time to pay", 30,
    "How long an order that is not paid yet keeps its goods. After that it is cancelled and the goods are for sale.",
    unit="minutes", minimum=5, maximum=1440)  # fmt: skip

FEW_LEFT = Whole(
    "few_left", "Say how many are left", 5,
    "A product's page says how many are left of a size when there are fewer than this. With 0 it never does.",
    unit="pieces", minimum=0, maximum=100)  # fmt: skip
LOGIN_LOG_DAYS = Whole(
    "login_log_days", "Keep the login log for", 180,
    "How long the login log remembers who came and went, and from where. What is older is deleted once a day. "
    "In India CERT-In asks for 180 days (directions of 28 April 2022).",
    unit="days", minimum=30, maximum=3650)  # fmt: skip

CODE_MINUTES = Whole(
    "code_minutes", "Codes live", 10,
    "How long a six-digit code works that was sent by e-mail or text message.",
    unit="minutes", minimum=2, maximum=60)  # fmt: skip
CODE_TRIES = Whole(
    "code_tries", "Tries of a code", 5,
    "After so many wrong codes nobody can go on for an hour, however often a new code is asked for.",
    unit="tries", minimum=1, maximum=10)  # fmt: skip

GROUPS = (
    Group("Orders", (RESERVATION_MINUTES,)),
    Group("Stock", (FEW_LEFT,)),
    Group("People", (CODE_MINUTES, CODE_TRIES)),
    Group("Logs", (LOGIN_LOG_DAYS,)),
)
SETTINGS = {setting.key: setting for group in GROUPS for setting in group.settings}


def value_of(setting: Setting[T]) -> T:
    """The owner's value of a setting, else its default; what no longer fits its limits counts as never set."""
    return setting.read(kept_values().get(setting.key))


def kept_values() -> dict[str, object]:
    """What the owner has set, by key; asked for at most once a request, and in units that only read by the stamp."""
    if "settings" not in g:
        g.settings = _read()
    kept: dict[str, object] = g.settings
    return kept


@kept_by_stamp(most=1)
def _read() -> dict[str, object]:
    return {row.key: row.value for row in db.session.scalars(select(SettingValue))}
