"""Every tunable of the shop: typed, with its default, unit and effect."""

from __future__ import annotations

from dataclasses import dataclass

from shop.extensions import db
from shop.store.models import SettingValue


@dataclass(frozen=True)
class Setting:
    """A whole number the owner may change, within limits."""

    key: str
    default: int
    minimum: int
    maximum: int
    unit: str
    effect: str


RESERVATION_MINUTES = Setting(
    "reservation_minutes", 30, 5, 1440, "minutes", "How long an unpaid order keeps its goods before it is cancelled."
)


def value_of(setting: Setting) -> int:
    """The owner's value of a setting, else its default; never outside its limits."""
    kept = db.session.get(SettingValue, setting.key)
    value = setting.default if kept is None else int(kept.value)
    return min(max(value, setting.minimum), setting.maximum)
