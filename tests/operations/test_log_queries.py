"""The audit log is narrowed by user, person, table, record, action and period, and read page by page."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, select, text
from sqlalchemy.dialects import postgresql, sqlite

from shop.catalog.models import Brand
from shop.extensions import db
from shop.lib.models import AuditEntry
from shop.operations.log import queries
from shop.operations.log.histories import history_of
from shop.operations.log.queries import ChangeFilter, changes, stretch_of
from tests.factories import a_product, a_user, a_variant

FIRST = datetime(2025, 1, 1, tzinfo=UTC)
MANY = """
    INSERT INTO audit_entry (at, action, table_name, record_id, person_id, actor_kind, user_id, request_id)
    WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {entries})
    SELECT {at}, CASE WHEN n % 20 = 0 THEN 'delete' WHEN n % 3 = 0 THEN 'create' ELSE 'update' END,
           CASE WHEN n % 4 = 0 THEN 'variant' WHEN n % 23 = 0 THEN 'role' ELSE 'product' END,
           CAST(n % 10 AS VARCHAR(9)), CASE WHEN n % 5 = 0 THEN n % 90 END, 'staff', n % 40, 'r' || (n / 3)
    FROM number
"""
AT = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f000', '2025-01-01', n || ' minutes')",
      "postgresql": "timestamptz '2025-01-01 00:00Z' + n * interval '1 minute'"}  # fmt: skip
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
DIALECTS = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}
SORTED = {"sqlite": "TEMP B-TREE", "postgresql": "Sort"}
WEEK: dict[str, Any] = {"since": FIRST + timedelta(days=5), "until": FIRST + timedelta(days=12)}
NARROWED: list[tuple[str, dict[str, Any]]] = [
    (index, narrowed | period)
    for period in ({}, WEEK)
    for index, narrowed in (
        ("at", {}), ("user", {"user_id": 7}), ("person", {"person_id": 15}), ("table", {"table": "role"}),
        ("record", {"table": "product", "record": "7"}), ("action", {"action": "delete"}),
    )
]  # fmt: skip
"""Each way to narrow the log, with the index that is made for it."""


def many_changes(engine: str, entries: int = 20_000) -> None:
    """A log of two weeks, a change every minute."""
    db.session.execute(text(MANY.format(entries=entries, at=AT[engine])))
    db.session.execute(text("ANALYZE audit_entry"))


def plan_of(statement: Select[AuditEntry], engine: str) -> str:
    """How the database would find the rows."""
    written = statement.compile(dialect=DIALECTS[engine](), compile_kwargs={"literal_binds": True})
    return "\n".join(str(row) for row in db.session.execute(text(EXPLAIN[engine] + str(written).replace(":", r"\:"))))


def records(wanted: ChangeFilter) -> list[tuple[str, str]]:
    return [(entry.table_name, entry.record_id) for entry in stretch_of(wanted, None).entries]


def wrong_plans(engine: str, size: int) -> list[str]:
    """Ways to narrow the log for which the database would sort, or read another index than the one made for it."""
    found = []
    for index, wanted in NARROWED:
        for behind in (None, 15_000):
            plan = plan_of(changes(ChangeFilter(**wanted), behind).limit(size), engine)
            if f"ix_audit_entry_{index}" not in plan or SORTED[engine] in plan:
                found.append(f"{wanted}: {plan}")
    return found


@pytest.mark.covers("OPS-03")
def test_each_way_to_narrow_the_log_reads_an_index_in_its_order(app: Flask, engine: str) -> None:
    many_changes(engine)
    assert wrong_plans(engine, 26) == []
    db.session.execute(text("DROP INDEX ix_audit_entry_user"))
    # SQLite keeps the plan of a statement it has explained before.
    assert wrong_plans(engine, 27), "the control: a plan without its index is noticed"


def test_what_finds_few_changes_reads_no_more_than_those(app: Flask, engine: str) -> None:
    many_changes(engine)
    for wanted in (ChangeFilter(request_id="r700"), ChangeFilter(places={"role": ["4"], "brand": ["1", "2"]})):
        plan = plan_of(changes(wanted).limit(26), engine)
        assert "ix_audit_entry_re" in plan
        assert "Seq Scan" not in plan


@pytest.mark.covers("OPS-03")
def test_pages_stay_where_they_are_while_changes_come_in(app: Flask, engine: str) -> None:
    many_changes(engine, 60)
    first = stretch_of(ChangeFilter(table="product"), None, 10)
    db.session.add(Brand(slug="mira", name="Mira"))
    db.session.flush()
    second = stretch_of(ChangeFilter(table="product"), first.older, 10)
    seen = [entry.id for entry in first.entries + second.entries]
    assert (
        seen == list(db.session.scalars(changes(ChangeFilter(table="product")).with_only_columns(AuditEntry.id)))[:20]
    )
    last = stretch_of(ChangeFilter(table="product"), seen[-1], 100)
    assert last.older is None
    assert stretch_of(ChangeFilter(), 987654).entries == []


@pytest.mark.covers("OPS-03")
def test_a_period_counts_its_first_moment_and_not_its_last(app: Flask, engine: str) -> None:
    many_changes(engine, 60)
    found = changes(ChangeFilter(since=FIRST + timedelta(minutes=10), until=FIRST + timedelta(minutes=20)))
    assert len(db.session.scalars(found).all()) == 10


def test_a_products_history_is_that_of_its_variants_and_pictures_too(app: Flask) -> None:
    variant, other = a_variant(), a_product()
    history = history_of("product", variant.product_id)
    assert history
    assert history.title == variant.product.name
    found = records(history.changes)
    assert {table for table, _record in found} == {"product", "variant", "picture"}
    assert ("variant", str(variant.id)) in found
    assert ("product", str(other.id)) not in found


def test_a_persons_history_is_what_changed_about_them(app: Flask) -> None:
    person = a_user(first_name="Zoya", role="support")
    history = history_of("person", person.id)
    assert history
    assert history.title == "Zoya Rao"
    assert sorted(table for table, _record in records(history.changes)) == ["user_account", "user_role"]


@pytest.mark.parametrize("kind", ["product", "role", "person"])
def test_what_is_gone_has_a_history_without_a_name(app: Flask, kind: str) -> None:
    history = history_of(kind, 987654)
    assert history
    assert (history.title, records(history.changes)) == (None, [])
    assert history_of("nothing", 1) is None


def test_entries_are_found_by_what_they_undid(app: Flask) -> None:
    first = db.session.scalars(select(AuditEntry).limit(1)).one()
    assert queries.undone_by(first.id) == []
