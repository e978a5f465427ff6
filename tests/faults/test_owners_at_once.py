"""Two owners send each other away at the same moment, in either way: one of them stays (ACC-12)."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, select

from shop.accounts.models import Role, UserRole
from shop.accounts.permissions import OWNER, Permission
from shop.accounts.queries.roles import other_owners
from shop.accounts.services import role_changes, team
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from tests.factories import a_user
from tests.support.barrier import all_at_once

ROUNDS = 20
NOBODY = 0
pytestmark = pytest.mark.faults


def owners_left(app: Flask, demote: Callable[[int, int], None]) -> int:
    """How many owners remain of two who demote each other."""
    db.session.execute(delete(UserRole))
    two = [a_user(role=OWNER).id for _ in range(2)]
    role_id = db.session.scalars(select(Role.id).where(Role.name == OWNER)).one()
    db.session.commit()
    all_at_once(app, lambda number: demote(two[1 - number], role_id), 2)
    db.session.rollback()
    return len(db.session.scalars(other_owners(NOBODY)).all())


def demote(user_id: int, role_id: int) -> None:
    with unit_of_work():
        role_changes.take(user_id, role_id, frozenset(Permission))


def deactivate(user_id: int, _role_id: int) -> None:
    with unit_of_work():
        team.deactivate(user_id, NOBODY, frozenset(Permission))


def look_then_demote(user_id: int, role_id: int) -> None:
    """The control: looks first and writes later, as if nobody could come in between."""
    with unit_of_work(read_only=True):
        if db.session.scalar(other_owners(user_id)) is None:
            return
    with unit_of_work():
        db.session.delete(db.session.get_one(UserRole, (user_id, role_id)))


@pytest.mark.covers("ACC-12", "ACC-13")
@pytest.mark.parametrize("send_away", [demote, deactivate])
def test_of_two_owners_who_send_each_other_away_one_stays(app: Flask, send_away: Callable[[int, int], None]) -> None:
    assert [owners_left(app, send_away) for _ in range(ROUNDS)] == [1] * ROUNDS


@pytest.mark.control
def test_control_looking_before_demoting_leaves_a_shop_without_owner(app: Flask) -> None:
    assert any(owners_left(app, look_then_demote) == 0 for _ in range(ROUNDS))
