"""Several undo one change at the same moment, whatever it was: one of them does, the others are told (OPS-03)."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.accounts.services import role_changes
from shop.extensions import db
from shop.lib.models import AuditEntry
from shop.lib.unit_of_work import unit_of_work
from shop.operations.log import undo as log
from shop.operations.log.reading import read_changes
from shop.operations.log.undo import CannotUndo
from tests.accounts.test_roles import a_role
from tests.factories import a_user
from tests.support.barrier import all_at_once

ROUNDS = 20
ALL = frozenset(Permission)
pytestmark = pytest.mark.faults


def newest(table: str) -> int:
    """The newest entry about a table, committed."""
    db.session.flush()
    found = select(AuditEntry.id).where(AuditEntry.table_name == table).order_by(AuditEntry.id.desc())
    entry_id = db.session.scalars(found.limit(1)).one()
    db.session.commit()
    return entry_id


def a_role_given(label: str) -> int:
    role_changes.give(a_user().id, a_role(label).id, ALL)
    return newest("user_role")


def a_role_taken(label: str) -> int:
    role, person = a_role(label), a_user()
    role_changes.give(person.id, role.id, ALL)
    role_changes.take(person.id, role.id, ALL)
    return newest("user_role")


def a_person_renamed(_label: str) -> int:
    person = a_user(first_name="Zoya")
    person.first_name = "Zoe"
    return newest("user_account")


CHANGES = [a_role_given, a_role_taken, a_person_renamed]


def told_undone(app: Flask, entry_id: int, undo: Callable[[int], None]) -> int:
    """How many of three who undo a change are told that they did; every other one is told why not."""
    done = all_at_once(app, lambda _number: undo(entry_id), 3)
    assert all(result is None or isinstance(result, CannotUndo) for result in done), done
    return done.count(None)


def undo(entry_id: int) -> None:
    with unit_of_work():
        log.undo(entry_id, ALL)


def look_then_undo(entry_id: int) -> None:
    """The control: looks first and writes later, as if nobody could come in between."""
    with unit_of_work(read_only=True):
        [change] = read_changes([db.session.get_one(AuditEntry, entry_id)])
        if reason := log.obstacle(change, ALL):
            raise CannotUndo(reason)
    with unit_of_work():
        pass


@pytest.mark.covers("OPS-03")
@pytest.mark.parametrize("changed", CHANGES)
def test_of_several_who_undo_a_change_at_once_one_does(app: Flask, changed: Callable[[str], int]) -> None:
    for number in range(ROUNDS):
        entry_id = changed(f"Till {number}")
        assert told_undone(app, entry_id, undo) == 1
        assert db.session.query(AuditEntry).filter_by(undoes=entry_id).count() == 1
        db.session.commit()


@pytest.mark.control
def test_control_looking_before_undoing_lets_several_undo_it(app: Flask) -> None:
    assert any(told_undone(app, a_role_given(f"Till {number}"), look_then_undo) > 1 for number in range(ROUNDS))
