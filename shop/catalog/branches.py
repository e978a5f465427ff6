"""Listing rows follow their category when its branch is moved or called otherwise."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, update

from shop.catalog.models import ListingAssortment, ListingRow
from shop.extensions import db


def move_listings(old: str, new: str) -> None:
    """Write the path of a branch anew in all rows that stand in it. Their products are held by whoever calls."""
    for model in (ListingRow, ListingAssortment):
        table: Any = model
        inside = or_(table.category_path == old, table.category_path.startswith(f"{old}/", autoescape=True))
        moved = func.concat(new, func.substr(table.category_path, len(old) + 1))
        rows = update(table).where(inside).values(category_path=moved)
        db.session.execute(rows, execution_options={"synchronize_session": False})
