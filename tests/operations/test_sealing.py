"""The audit log is sealed, and whoever changes it behind the database's back is found out."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from shop.catalog.models import Brand
from shop.extensions import db
from shop.lib import outbox, timed
from shop.lib.audit_log.person_keys import forget_key
from shop.lib.models import AuditEntry, AuditSeal
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.operations.log import sealing
from shop.operations.log.sealing import broken_seals, seal_entries, unsealed_for_long
from tests.factories import a_user
from tests.support.barrier import all_at_once

UNGUARDED = {
    "sqlite": "DROP TRIGGER {table}_no_{verb}",
    "postgresql": "ALTER TABLE {table} DISABLE TRIGGER {table}_append_only",
}


def a_change(name: str = "mira") -> int:
    """One more entry in the log."""
    db.session.add(Brand(slug=name, name=name.title()))
    db.session.flush()
    return db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1)).one()


def an_entry_numbered(entry_id: int) -> None:
    """An entry under an id of our choice."""
    columns = "at, action, table_name, record_id, actor_kind"
    copied = f"INSERT INTO audit_entry (id, {columns}) SELECT {entry_id}, {columns} FROM audit_entry LIMIT 1"
    db.session.execute(text(copied))


def behind_the_back(verb: str, table: str, statement: str) -> None:
    """Change the log as only somebody can who rules the database itself."""
    db.session.execute(text(UNGUARDED[db.engine.dialect.name].format(table=table, verb=verb)))
    db.session.execute(text(statement))


@pytest.mark.covers("OPS-03")
def test_every_entry_gets_a_seal_once(app: Flask) -> None:
    a_change()
    entries = db.session.query(AuditEntry).count()
    assert seal_entries() == entries
    assert seal_entries() == 0
    a_change("kora")
    assert seal_entries() == 1
    assert list(db.session.scalars(select(AuditSeal.number).order_by(AuditSeal.number))) == [*range(1, entries + 2)]
    assert audit() == []


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize("statement", [
    "UPDATE audit_entry SET user_id = 7 WHERE id = {id}",
    "UPDATE audit_entry SET after = NULL WHERE id = {id}",
    "UPDATE audit_entry SET record_id = '99' WHERE id = {id}",
])  # fmt: skip
def test_a_changed_entry_is_found(app: Flask, statement: str) -> None:
    entry_id = a_change()
    a_change("kora")
    seal_entries()
    behind_the_back("update", "audit_entry", statement.format(id=entry_id))
    assert broken_seals() == [f"entry {entry_id} is not what was sealed"]
    assert [found.rule for found in audit()] == ["the audit log is what was sealed"]


def test_an_unsealed_entry_that_changes_is_not_noticed_which_is_why_it_is_sealed_soon(app: Flask) -> None:
    entry_id = a_change()
    behind_the_back("update", "audit_entry", f"UPDATE audit_entry SET user_id = 7 WHERE id = {entry_id}")
    seal_entries()
    assert broken_seals() == []


def test_a_seal_made_anew_breaks_the_next_one(app: Flask) -> None:
    entry_id = a_change()
    a_change("kora")
    seal_entries()
    number = db.session.scalars(select(AuditSeal.number).where(AuditSeal.entry_id == entry_id)).one()
    behind_the_back("update", "audit_seal", f"UPDATE audit_seal SET seal = '{'f' * 64}' WHERE number = {number}")
    assert len(broken_seals()) == 2


def test_a_seal_that_was_taken_away_is_missed(app: Flask) -> None:
    entry_id = a_change()
    a_change("kora")
    seal_entries()
    number = db.session.scalars(select(AuditSeal.number).where(AuditSeal.entry_id == entry_id)).one()
    behind_the_back("delete", "audit_seal", f"DELETE FROM audit_seal WHERE number = {number}")
    assert broken_seals() == [f"seals {number} to {number} are missing"]


def test_an_entry_slipped_in_far_below_is_found(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    a_change()
    seal_entries()
    assert unsealed_for_long() == []
    monkeypatch.setattr(sealing, "LATE", 2)
    an_entry_numbered(-1)
    assert seal_entries() == 0
    assert unsealed_for_long() == ["entry -1 has no seal"]


@pytest.mark.covers("OPS-03")
def test_an_entry_that_is_committed_late_joins_the_chain_behind_those_with_greater_ids(app: Flask) -> None:
    first = a_change()
    seal_entries()
    for new in (first + 9, first + 5):
        an_entry_numbered(new)
        assert seal_entries() == 1
    in_order = list(db.session.scalars(select(AuditSeal.entry_id).order_by(AuditSeal.number)))
    assert in_order[-3:] == [first, first + 9, first + 5]
    assert broken_seals() == []


def test_two_who_seal_at_once_make_one_chain(app: Flask) -> None:
    a_change()
    entries = db.session.query(AuditEntry).count()
    db.session.commit()

    def seal(_number: int) -> int:
        with unit_of_work():
            return seal_entries()

    done = all_at_once(app, seal, 4)
    assert {result for result in done if isinstance(result, int)} <= {0, entries}
    assert all(isinstance(result, (int, IntegrityError)) for result in done)
    assert db.session.query(AuditSeal).count() == entries
    assert broken_seals() == []


@pytest.mark.covers("OPS-03")
def test_forgetting_somebody_leaves_the_chain_whole(app: Flask) -> None:
    user = a_user(first_name="Meera")
    seal_entries()
    forget_key(user.id)
    assert audit() == []


def test_the_clock_seals(app: Flask) -> None:
    a_change()
    db.session.commit()
    timed.tick()
    outbox.relay_once()
    assert db.session.query(AuditSeal).count() == db.session.query(AuditEntry).count()
