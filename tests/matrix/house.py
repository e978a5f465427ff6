"""The shop itself: its settings, and who it is."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission as P
from shop.store.profiles import create_profile
from shop.store.setting_services import set_value
from shop.store.settings import APP_HOURS, CONFIRM_MINUTES
from tests.lib.files.parts import encoded, quarters
from tests.matrix.entries import entry, the


def house() -> dict[str, Any]:
    """Settings that were changed, and a record of the store that is not active.

    Whoever walks through the matrix logged in before all of it, however long that takes.
    """
    set_value(APP_HOURS, 12)
    set_value(CONFIRM_MINUTES, CONFIRM_MINUTES.maximum)
    return {"setting": APP_HOURS.key, "spare record": create_profile(RECORD).id}


RECORD = {"name": "Spare", "legal_name": "Spare Retail", "email": "spare@example.com", "country": "IN",
          "address_lines": ["1 Loom Street"]}  # fmt: skip
TYPED = RECORD | {"address_lines": "1 Loom Street"}
HOUSE = [
    entry("GET /staff/settings", P.SETTING_UPDATE),
    entry("GET /staff/state-words", P.LOOKUP_UPDATE),
    entry("POST /staff/state-words", P.LOOKUP_UPDATE, "lookup_label", body={"order-status.packed": "In its box"}),
    entry("POST /staff/settings", P.SETTING_UPDATE, "setting_value", body={"app_days": "60"}),
    entry("POST /staff/settings/<key>/default", P.SETTING_UPDATE, "setting_value", key=the("setting")),
    entry("GET /staff/store", P.STORE_UPDATE),
    entry("GET /staff/store/new", P.STORE_UPDATE),
    entry("POST /staff/store/new", P.STORE_UPDATE, "store_profile", body=TYPED),
    entry("GET /staff/store/<int:profile_id>", P.STORE_UPDATE, profile_id=the("spare record")),
    entry(
        "POST /staff/store/<int:profile_id>",
        P.STORE_UPDATE,
        "store_profile",
        profile_id=the("spare record"),
        body=TYPED | {"name": "Spare, new"},
    ),
    entry(
        "POST /staff/store/<int:profile_id>/activation", P.STORE_UPDATE, "store_profile", profile_id=the("spare record")
    ),
    entry(
        "POST /staff/store/<int:profile_id>/removal", P.STORE_UPDATE, "store_profile", profile_id=the("spare record")
    ),
    entry(
        "POST /staff/store/<int:profile_id>/logo",
        P.STORE_UPDATE,
        "store_profile",
        profile_id=the("spare record"),
        body={"logo": encoded(quarters(), "PNG")},
    ),
    entry("POST /staff/store/<int:profile_id>/logo/removal", P.STORE_UPDATE, profile_id=the("spare record")),
    entry("GET /api/v1/store-details/", P.STORE_UPDATE),
    entry("POST /api/v1/store-details/", P.STORE_UPDATE, "store_profile", body=RECORD),
    entry("GET /api/v1/store-details/<key:item_id>", P.STORE_UPDATE, item_id=the("spare record")),
    entry(
        "PUT /api/v1/store-details/<key:item_id>",
        P.STORE_UPDATE,
        "store_profile",
        item_id=the("spare record"),
        body={"name": "Spare, new"},
    ),
    entry("DELETE /api/v1/store-details/<key:item_id>", P.STORE_UPDATE, "store_profile", item_id=the("spare record")),
]
