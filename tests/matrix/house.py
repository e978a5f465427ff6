"""The shop itself: its settings."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission as P
from shop.store.setting_services import set_value
from shop.store.settings import APP_HOURS
from tests.matrix.entries import entry, the


def house() -> dict[str, Any]:
    """A setting that was changed."""
    set_value(APP_HOURS, 12)
    return {"setting": APP_HOURS.key}


HOUSE = [
    entry("GET /staff/settings", P.SETTING_UPDATE),
    entry("POST /staff/settings", P.SETTING_UPDATE, "setting_value", body={"app_days": "60"}),
    entry("POST /staff/settings/<key>/default", P.SETTING_UPDATE, "setting_value", key=the("setting")),
]
