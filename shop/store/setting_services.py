"""The owner changes settings."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import read_anew
from shop.store.errors import SavedMeanwhile
from shop.store.models import SettingValue
from shop.store.setting_types import Setting, T
from shop.store.settings import SETTINGS


def save_settings(wanted: Mapping[str, object]) -> list[str]:
    """Keep these values by key and return the keys that changed; a default is kept as no row at all.

    All of one call stand together in the audit log, so that they can be undone as one. Raises ShopError for a value
    outside its setting's limits, with the setting's key as field, or SavedMeanwhile; then
    nothing was written.
    """
    for key, value in wanted.items():
        if not SETTINGS[key].fits(value):
            raise ShopError("This is outside its limits.", field=key)
    kept = {row.key: row for row in db.session.scalars(select(SettingValue).with_for_update())}
    changed = [key for key, value in wanted.items() if _keep(kept.get(key), key, value)]
    try:
        db.session.flush()
    except IntegrityError as error:
        raise SavedMeanwhile from error
    read_anew("settings")
    return changed


def set_value(setting: Setting[T], value: T) -> None:
    """Keep one setting's value. Raises ShopError outside its limits."""
    save_settings({setting.key: value})


def reset_value(key: str) -> list[str]:
    """Put a setting back to its default; the keys that changed, which may be none."""
    return save_settings({key: SETTINGS[key].default})


def _keep(row: SettingValue | None, key: str, value: object) -> bool:
    """Write one value where it is another than before."""
    is_default = value == SETTINGS[key].default
    if row is None and not is_default:
        db.session.add(SettingValue(key=key, value=value))
    elif row is not None and is_default:
        db.session.delete(row)
    elif row is not None and row.value != value:
        row.value = value
    else:
        return False
    return True
