"""Whether the shop can work."""

from __future__ import annotations

from sqlalchemy import text

from shop.extensions import db


def check() -> None:
    """Ask the database for an answer, in one statement; whatever it raises means no."""
    db.session.execute(text("SELECT 1"))
