"""Migrations go up from nothing, say what the models say, go down to nothing, and up again; on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, inspect, text

from shop.lib.database import sqlite_module
from tests.support import ground
from tests.support.databases import open_database

KEPT = ("brand", "category", "colour", "product", "variant", "stock_level", "user_account", "shop_order", "order_line")


@pytest.fixture
def url(engine: str) -> Iterator[str]:
    """A database of its own, as the migrations and `flask shop init` made it from nothing."""
    database = open_database(engine, "migrated", restorable=False)
    yield database.url
    database.drop()


def tables(url: str) -> set[str]:
    options = {"module": sqlite_module()} if url.startswith("sqlite") else {}
    engine = create_engine(url, **options)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def indexes(url: str) -> set[str]:
    """The names of all indexes; SQLAlchemy does not tell those over expressions on SQLite."""
    is_sqlite = url.startswith("sqlite")
    names = "SELECT name FROM sqlite_master WHERE type = 'index'" if is_sqlite else "SELECT indexname FROM pg_indexes"
    engine = create_engine(url, **({"module": sqlite_module()} if is_sqlite else {}))
    try:
        with engine.connect() as connection:
            return set(connection.execute(text(names)).scalars())
    finally:
        engine.dispose()


def rows(url: str) -> dict[str, int]:
    """How many rows there are of what nobody may lose."""
    options = {"module": sqlite_module()} if url.startswith("sqlite") else {}
    engine = create_engine(url, **options)
    try:
        with engine.connect() as connection:
            return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in KEPT}
    finally:
        engine.dispose()


def test_up_check_down_and_up_again(url: str) -> None:
    environment = ground.shop_environment(url, ground.folder() / "instance-migrated")
    assert {"shop_order", "stock_ledger", "outbox_event"} <= tables(url)
    assert "ix_user_account_by_name" in indexes(url)
    ground.run_shop(environment, "db", "check")
    ground.run_shop(environment, "db", "downgrade", "base")
    assert tables(url) == {"alembic_version"}
    ground.run_shop(environment, "db", "upgrade")
    ground.run_shop(environment, "shop", "init")


def test_shop_in_use_goes_down_and_up_without_losing_a_row(url: str) -> None:
    """Tables that others point at are rebuilt on the way; 0028 is the first migration that does so. What columns that
    are filled on the way up say is what the books ask of them."""
    environment = ground.shop_environment(url, ground.folder() / "instance-in-use")
    ground.run_shop(environment, "shop", "demo")
    before = rows(url)
    ground.run_shop(environment, "db", "downgrade", "0027")
    ground.run_shop(environment, "db", "upgrade")
    ground.run_shop(environment, "shop", "audit")
    assert rows(url) == before
    assert all(before.values())
