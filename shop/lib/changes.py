"""Conditional changes: how many rows one changed is how the database decides between two who come at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, UpdateBase

from shop.extensions import db


def rows_changed(statement: UpdateBase) -> int:
    """Execute an UPDATE or DELETE and return the number of rows its condition found."""
    done: CursorResult[Any] = db.session.execute(statement)  # type: ignore[assignment]
    return done.rowcount
