"""Runs migrations against the shop's own engine, with its own column types."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text
from sqlalchemy.exc import SAWarning

from shop.lib.columns import EncryptedText, MoneyColumn, UtcDateTime

logger = logging.getLogger("alembic.env")
BY_HAND = ("product_search", "ix_user_account_searched", "ix_user_account_by_name")
OWN_TYPES = (EncryptedText, MoneyColumn, UtcDateTime)
# Said of a neighbour whenever SQLite copies a table; tests/house/test_migrations.py sees that the index stays.
warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index", SAWarning)


def render_item(kind: str, obj: Any, autogen_context: Any) -> str | bool:
    """Write our column types by name, with the import they need."""
    if kind == "type" and isinstance(obj, OWN_TYPES):
        autogen_context.imports.add(f"from shop.lib.columns import {type(obj).__name__}")
        return f"{type(obj).__name__}()"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the tables and indexes of searches to the migrations that write them by hand."""
    return not (name or "").startswith(BY_HAND)


@contextmanager
def references_unwatched(connection: Connection) -> Iterator[None]:
    """Let SQLite copy a table that others point at: dropping the old one would fail, or empty those others.

    Asked of the driver, because in a transaction, which SQLAlchemy's first statement opens, SQLite ignores the pragma.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection
    driver.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA foreign_keys=ON")


def refuse_dangling(connection: Connection) -> None:
    """Undo migrations that left a row pointing at nothing."""
    if connection.dialect.name == "sqlite" and (found := connection.execute(text("PRAGMA foreign_key_check")).first()):
        raise RuntimeError(f"After the migrations a row of {found[0]} points at a row of {found[2]} that is not there.")


def run_migrations() -> None:
    database = current_app.extensions["migrate"].db
    options = current_app.extensions["migrate"].configure_args
    with database.engine.connect() as connection, references_unwatched(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=render_item,
            include_name=include_name,
            **options,
        )
        with context.begin_transaction():
            context.run_migrations()
            refuse_dangling(connection)


run_migrations()
