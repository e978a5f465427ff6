"""Sessions, roles and what they open."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from shop.accounts.models import User, UserStatus
from shop.accounts.permissions import BUILT_IN_ROLES, Permission
from shop.accounts.queries.people import visitor_of
from shop.accounts.services import roles, sessions
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import a_user
from tests.support.statements import statements


def begin(user: User | None = None, *, remember: bool = False) -> str:
    return sessions.start_session(user.id if user else None, "198.51.100.7", "tests", remember=remember).id


def test_visitor_is_read_in_two_statements_with_every_permission(app: Flask):
    session_id = begin(a_user(role="owner"))
    with statements() as seen:
        visitor = visitor_of(session_id)
    assert visitor
    assert visitor.permissions == frozenset(Permission)
    assert len(seen) == 2


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize("role", sorted(BUILT_IN_ROLES))
def test_built_in_role_opens_what_it_names(app: Flask, role: str):
    visitor = visitor_of(begin(a_user(role=role)))
    assert visitor
    assert visitor.permissions == BUILT_IN_ROLES[role][1]


@pytest.mark.covers("ACC-12")
def test_init_twice_keeps_one_of_each_role(app: Flask):
    before = db.session.query(roles.Role).count()
    roles.ensure_roles()
    assert db.session.query(roles.Role).count() == before == len(BUILT_IN_ROLES)


@pytest.mark.covers("ACC-03")
def test_ended_session_opens_nothing(app: Flask):
    session_id = begin(a_user())
    sessions.end_session(session_id)
    assert visitor_of(session_id) is None


@pytest.mark.covers("ACC-03")
def test_all_sessions_of_one_person_end_and_nobody_elses(app: Flask):
    user, other = a_user(), a_user()
    here, there, theirs = begin(user), begin(user), begin(other)
    sessions.end_sessions_of(user.id, but=here)
    assert [visitor_of(row) is not None for row in (here, there, theirs)] == [True, False, True]


@pytest.mark.covers("ACC-02")
@pytest.mark.parametrize(("remember", "life"), [(False, timedelta(hours=12)), (True, timedelta(days=30))])
def test_session_ends_by_itself(app: Flask, remember: bool, life: timedelta):
    session_id = begin(a_user(), remember=remember)
    with time_machine.travel(now() + life - timedelta(minutes=1)):
        assert visitor_of(session_id)
    with time_machine.travel(now() + life + timedelta(minutes=1)):
        assert visitor_of(session_id) is None


@pytest.mark.parametrize("status", [UserStatus.INACTIVE, UserStatus.BLOCKED])
def test_closed_account_has_no_visitor(app: Flask, status: UserStatus):
    user = a_user()
    session_id = begin(user)
    user.status = status
    db.session.flush()
    assert visitor_of(session_id) is None


@pytest.mark.parametrize("session_id", ["", "made-up", "x" * 5000, "☃"])
def test_made_up_session_is_nobodys(app: Flask, session_id: str):
    assert visitor_of(session_id) is None
