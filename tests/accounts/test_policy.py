"""What roles allow is remembered, and forgotten the moment a role changes; Redis shares it, and may be away."""

from dataclasses import replace

import pytest
import redis
from flask import Flask
from sqlalchemy import delete, select

from shop.accounts import policy
from shop.accounts.models import Role, RolePermission
from shop.accounts.permissions import STAFF, Permission
from shop.accounts.queries.people import visitor_of
from shop.accounts.services import sessions
from shop.extensions import db
from shop.lib.memory import Memory
from shop.lib.unit_of_work import unit_of_work
from tests.factories import a_user
from tests.support.statements import statements

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _a_new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_all(monkeypatch)


def forget_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that just started."""
    monkeypatch.setattr(policy, "_remembered", Memory(policy.SETS_KEPT))


def a_session(role: str = STAFF) -> str:
    row = sessions.start_session(a_user(role=role).id, None, "tests")
    db.session.commit()
    return row.id


def allowed(session_id: str) -> frozenset[str]:
    """What a request with this session may do; it reads in a unit that cannot write, as requests do."""
    db.session.rollback()
    with unit_of_work(read_only=True):
        visitor = visitor_of(session_id)
        assert visitor
        return visitor.permissions


def take_away(permission: Permission, *, say_so: bool = True) -> None:
    """Another process takes a permission from the staff role."""
    with unit_of_work():
        staff = select(Role.id).where(Role.name == STAFF).scalar_subquery()
        gone = delete(RolePermission).where(RolePermission.role_id == staff, RolePermission.permission == permission)
        db.session.execute(gone)
        if say_so:
            policy.renew()


@pytest.mark.covers("ACC-12")
def test_a_request_asks_once_more_only_for_a_set_of_roles_nobody_had_yet(app: Flask):
    first, second = a_session(), a_session()
    with statements() as seen:
        allowed(first)
    assert len([one for one in seen if "FROM role_permission" in one]) == 1
    with statements() as seen:
        assert allowed(second) == allowed(first)
    assert not [one for one in seen if "FROM role_permission" in one]


@pytest.mark.covers("ACC-12")
def test_a_change_of_a_role_holds_at_the_next_request(app: Flask):
    session_id = a_session()
    assert Permission.ORDER_READ in allowed(session_id)
    take_away(Permission.ORDER_READ)
    assert Permission.ORDER_READ not in allowed(session_id)


def test_control_a_change_that_keeps_the_version_is_not_seen(app: Flask):
    session_id = a_session()
    allowed(session_id)
    take_away(Permission.ORDER_READ, say_so=False)
    assert Permission.ORDER_READ in allowed(session_id)


@pytest.mark.covers("ACC-12")
def test_what_a_unit_rolls_back_is_remembered_by_nobody(app: Flask):
    session_id = a_session()

    def change_and_fail() -> None:
        with unit_of_work():
            db.session.execute(delete(RolePermission))
            policy.renew()
            visitor = visitor_of(session_id)
            assert visitor
            assert not visitor.permissions
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert Permission.ORDER_READ in allowed(session_id)


@pytest.mark.covers("ACC-12")
def test_processes_share_through_redis_for_an_hour(app: Flask, redis_url: str, monkeypatch: pytest.MonkeyPatch):
    use_redis(app, redis_url, monkeypatch)
    server, session_id = redis.Redis.from_url(redis_url), a_session()
    allowed(session_id)
    [key] = server.keys("policy:*")
    assert 0 < server.ttl(key) <= 3600
    server.set(key, "order:read")
    forget_all(monkeypatch)
    assert allowed(session_id) == {"order:read"}
    take_away(Permission.ORDER_CANCEL)
    assert len(allowed(session_id)) > 1


@pytest.mark.covers("ACC-12")
def test_without_redis_the_database_answers(app: Flask, monkeypatch: pytest.MonkeyPatch):
    use_redis(app, NOBODY_LISTENS, monkeypatch)
    assert Permission.ORDER_READ in allowed(a_session())


def use_redis(app: Flask, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SHOP", replace(app.config["SHOP"], redis_url=url))
