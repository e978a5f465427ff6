"""The settings as a form: a field for each, and what was shown beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from shop.lib.errors import ShopError
from shop.lib.money import Money
from shop.staff.forms.fields import plain
from shop.store.cash_settings import CASH_POINTS, CASH_POINTS_CODE, CASH_POINTS_PART
from shop.store.countries import country
from shop.store.postal_areas import areas_of
from shop.store.setting_types import Areas, Choice, Sum, Whole, YesNo
from shop.store.settings import GROUPS, value_of
from shop.store.typed import parse_money, parse_whole

YES, NO = "yes", "no"
SEEN = "seen-"
FALLING = (CASH_POINTS, CASH_POINTS_CODE, CASH_POINTS_PART)


@dataclass
class SettingField:
    """One setting on the page; `typed` is what stands in its field, `seen` what the page was made with."""

    setting: Any
    typed: str
    seen: str
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"setting-{self.setting.key.replace('_', '-')}"

    @property
    def is_changed(self) -> bool:
        """Whether the owner has set it, so that it could be put back."""
        return value_of(self.setting) != self.setting.default

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What a list offers; empty for what is typed."""
        if isinstance(self.setting, YesNo):
            return ((YES, "Yes"), (NO, "No"))
        return self.setting.choices if isinstance(self.setting, Choice) else ()

    @property
    def unit(self) -> str:
        """What stands beside the title, of what is typed."""
        if isinstance(self.setting, Sum):
            return country().sign
        return self.setting.unit if isinstance(self.setting, Whole) else ""

    @property
    def keys(self) -> str:
        """The keyboard of a phone that it is typed with."""
        if isinstance(self.setting, Sum):
            return "decimal"
        return "numeric" if isinstance(self.setting, Whole) else "text"

    @property
    def default_words(self) -> str:
        return str(self.setting.words(self.setting.default))

    @property
    def is_touched(self) -> bool:
        return self.typed != self.seen

    def value(self) -> object:
        """What was typed, as the setting's own kind; None for what is none. Writes the error down."""
        found = _read(self.setting, self.typed)
        if found is None or not self.setting.fits(found):
            self.errors = [_wrong(self.setting, self.typed)]
            return None
        return found


class SettingsForm:
    """All settings by group. Only what somebody touched on the page is saved, so two people do not undo each other."""

    def __init__(self, posted: Mapping[str, str] | None = None) -> None:
        self.groups = [(group, [_field(setting, posted) for setting in group.settings]) for group in GROUPS]
        self.fields = {one.setting.key: one for _group, fields in self.groups for one in fields}
        self.form_errors: list[str] = []

    def wanted(self) -> dict[str, object] | None:
        """The touched values by key; None where one of them is no value, which its field then says."""
        values: dict[str, Any] = {key: one.value() for key, one in self.fields.items() if one.is_touched}
        is_wrong = None in values.values() or self._climbs(values)
        return None if is_wrong else values

    def _climbs(self, values: Mapping[str, Any]) -> bool:
        """Whether somebody entered a limit above the one it should lie below, where it never counts. Writes it down."""
        for above, below in pairwise(FALLING):
            most, said = (values.get(one.key, value_of(one)) for one in (above, below))
            if below.key in values and said > most:
                self.fields[below.key].errors = [f"Enter at most {most}: “{above.title}” decides from there on."]
                return True
        return False

    def blame(self, error: ShopError) -> None:
        """Show a refusal above the form, or at its field."""
        errors = self.fields[error.field].errors if error.field in self.fields else self.form_errors
        errors.append(str(error))


def _field(setting: Any, posted: Mapping[str, str] | None) -> SettingField:
    now = _text(setting, value_of(setting))
    if posted is None or setting.key not in posted:
        return SettingField(setting, now, now)
    return SettingField(setting, posted[setting.key].strip(), posted.get(SEEN + setting.key, now))


def _read(setting: Any, typed: str) -> object:
    """What was typed as the setting's own kind; None for what is none."""
    try:
        return READERS[type(setting)](typed)
    except ValueError:
        return None


def _amount(typed: str) -> int:
    found = parse_money(typed) if typed.strip("0") else None
    return found.minor if found else 0


def _text(setting: Any, value: Any) -> str:
    if isinstance(setting, Sum):
        return plain(Money(value))
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _wrong(setting: Any, typed: str) -> str:
    if isinstance(setting, Whole):
        return f"{setting.title}: enter a whole number from {setting.minimum} to {setting.maximum}."
    if isinstance(setting, Sum):
        return f"{setting.title}: enter an amount. {setting.limits}"
    if isinstance(setting, Areas):
        return f"{setting.title}: {_trouble(typed)}"
    return f"{setting.title}: choose one of the list."


def _trouble(typed: str) -> str:
    try:
        areas_of(typed)
    except ValueError as error:
        return str(error)
    return "this is too long."


READERS: dict[type, Callable[[str], object]] = {
    Whole: parse_whole,
    Sum: _amount,
    YesNo: {YES: True, NO: False}.get,
    Choice: str,
    Areas: lambda typed: ", ".join(areas_of(typed)),
}
