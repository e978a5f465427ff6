"""Places of the store's country: its states, its pincodes, and what the postal directory knows of one."""

from __future__ import annotations

import json
import re
from functools import cache

from shop.store.models import PostalCode
from shop.store.queries import postal_code, store
from shop.store.services import DATA

PINCODE = re.compile(r"[1-9][0-9]{5}")


@cache
def state_names() -> tuple[str, ...]:
    """The states and union territories by their official names."""
    rows = json.loads((DATA / "india-states.json").read_text("utf-8"))
    return tuple(row["name"] for row in rows)


def place_of(code: str | None) -> PostalCode | None:
    """What the postal directory knows of a pincode; None for what is no pincode."""
    return postal_code(store().country, code) if code and PINCODE.fullmatch(code) else None
