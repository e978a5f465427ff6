"""Which database is asked: the two have each their own way to search."""

from __future__ import annotations

from shop.extensions import db


def is_postgresql() -> bool:
    """Whether it is PostgreSQL, and not SQLite."""
    return db.engine.dialect.name == "postgresql"
