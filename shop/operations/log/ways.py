"""How changes of each table are undone: by the area's own service, or by the mapped row where it has no rules.

A table that is not here is not undone from the log.
"""

from __future__ import annotations

from shop.accounts.permissions import Permission
from shop.lib.errors import NotFound
from shop.operations.log import people_ways, promotion_ways, shelf_ways
from shop.operations.log.way import May, Way, set_values
from shop.store.models import SettingValue, StoreProfile
from shop.store.setting_services import save_settings
from shop.store.settings import SETTINGS

# What orders, taxes and files hang on is changed where its rules are kept.
WORDS_OF_STORE = frozenset(
    {"name", "legal_name", "email", "phone", "address_lines", "grievance_officer", "announcement"}
)


def _keep_setting(key: str, value: object) -> None:
    if key not in SETTINGS:
        raise NotFound
    save_settings({key: value})


def _forget_setting(row: SettingValue, _may: May) -> None:
    _keep_setting(row.key, SETTINGS[row.key].default if row.key in SETTINGS else None)


HOUSE = (
    Way(
        SettingValue,
        Permission.SETTING_UPDATE,
        lambda row, values, _may: _keep_setting(row.key, values["value"]),
        lambda values, _may: _keep_setting(values["key"], values["value"]),
        _forget_setting,
    ),
    Way(
        StoreProfile,
        Permission.STORE_UPDATE,
        set_values,
        columns=WORDS_OF_STORE,
    ),
)
WAYS: dict[str, Way] = {
    way.model.__tablename__: way for way in (*people_ways.WAYS, *shelf_ways.WAYS, *promotion_ways.WAYS, *HOUSE)
}
