"""Runs migrations against the shop's own engine, with its own column types."""

import logging
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import text

from shop.lib.columns import EncryptedText, MoneyColumn, UtcDateTime

logger = logging.getLogger("alembic.env")
BY_HAND = ("product_search", "ix_user_account_searched", "ix_user_account_by_name")
OWN_TYPES = (EncryptedText, MoneyColumn, UtcDateTime)


def render_item(kind: str, obj: Any, autogen_context: Any) -> str | bool:
    """Write our column types by name, with the import they need."""
    if kind == "type" and isinstance(obj, OWN_TYPES):
        autogen_context.imports.add(f"from shop.lib.columns import {type(obj).__name__}")
        return f"{type(obj).__name__}()"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the tables and indexes of searches to the migrations that write them by hand."""
    return not (name or "").startswith(BY_HAND)


def run_migrations() -> None:
    database = current_app.extensions["migrate"].db
    options = current_app.extensions["migrate"].configure_args
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA foreign_keys=OFF"))
            connection.rollback()
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=render_item,
            include_name=include_name,
            **options,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
