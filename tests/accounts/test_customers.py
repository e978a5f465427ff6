"""Customers are found by indexes, however many there are; asked of PostgreSQL's planner with thirty thousand."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from bench.customers import crowd
from shop.accounts.customers.queries import SORTS, CustomerFilter, customers
from shop.extensions import db
from shop.lib.queries import rows

MANY = 30_000
SEARCH = "ix_user_account_searched"
INDEXES = {
    "newest": "ix_user_account_created_at", "oldest": "ix_user_account_created_at", "name": "ix_user_account_by_name",
    "orders": "ix_user_account_orders_count", "spent": "ix_user_account_spent",
}  # fmt: skip


@pytest.fixture
def crowded(app: Flask) -> Flask:
    """A shop with many customers, counted; on SQLite the test has nothing to ask."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("asks PostgreSQL's planner")
    crowd(MANY)
    return app


def used_by(wanted: CustomerFilter) -> set[str]:
    """The indexes with which a page of the list is read; raises where the whole table is."""
    statement = customers(wanted).limit(25)
    compiled = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    asked = db.session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {compiled}")
    (plan,) = asked.scalar_one()
    nodes = list(_nodes(plan["Plan"]))
    whole = [node for node in nodes if node["Node Type"] == "Seq Scan" and node["Relation Name"] == "user_account"]
    assert not whole, json.dumps(plan, indent=1)
    return {node["Index Name"] for node in nodes if "Index Name" in node}


def _nodes(node: dict[str, Any]) -> Any:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


@pytest.mark.covers("ACC-14")
@pytest.mark.parametrize("sort", SORTS)
def test_each_order_of_the_list_is_read_from_an_index(crowded: Flask, sort: str) -> None:
    assert INDEXES[sort] in used_by(CustomerFilter(sort=sort))


@pytest.mark.covers("ACC-14")
@pytest.mark.parametrize("typed", ["person29999@", "0000791", "asha4e7 boseab", "rao77"])
def test_search_is_read_from_an_index(crowded: Flask, typed: str) -> None:
    assert SEARCH in used_by(CustomerFilter(text=typed))


@pytest.mark.covers("ACC-14")
def test_planner_reads_the_whole_table_without_the_index(crowded: Flask) -> None:
    """The control."""
    db.session.execute(text(f"DROP INDEX {SEARCH}"))
    with pytest.raises(AssertionError):
        used_by(CustomerFilter(text="person29999@"))


@pytest.mark.covers("ACC-14")
def test_search_finds_one_among_many(crowded: Flask) -> None:
    assert [person.email for person in rows(customers(CustomerFilter(text="PERSON29999@")))] == [
        "person29999@example.com"
    ]
