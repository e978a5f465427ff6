"""What the catalogue knows of people: the sizes they saved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete

from shop.catalog.models import SavedSize
from shop.catalog.saved_sizes import saved_by
from shop.extensions import db
from shop.lib.personal import Holding


def _sizes(user_id: int) -> list[dict[str, Any]]:
    return [{"wearer": wearer, "sizes": sizes} for wearer, sizes in saved_by(user_id).items() if sizes]


def _forget(user_id: int) -> None:
    db.session.execute(delete(SavedSize).where(SavedSize.user_id == user_id))


HOLDINGS = (Holding((SavedSize.__tablename__,), "sizes.json", _sizes, _forget),)
