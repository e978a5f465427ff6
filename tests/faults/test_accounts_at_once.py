"""Two of the same person at once: the database decides which one comes first."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from shop.accounts.errors import LinkExpired
from shop.accounts.models import PasswordReset, User
from shop.accounts.services import resets
from shop.accounts.services.people import Person
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.unit_of_work import unit_of_work
from shop.membership import services as membership
from tests.factories import a_user
from tests.support.barrier import all_at_once

AT_ONCE = 8
ROUNDS = 20
pytestmark = pytest.mark.faults


def winners(app: Flask, use: Callable[[str], None]) -> int:
    """How many of those who press the button of one link at once are let through."""
    token = resets.make_reset(a_user().id)
    db.session.commit()
    return sum(answer is None for answer in all_at_once(app, lambda _number: use(token), AT_ONCE))


def use_link(token: str) -> None:
    with unit_of_work():
        membership.reset_password(token, "a new hash")


def look_then_use_link(token: str) -> None:
    """The control: looks first and writes later, as if nobody could come in between."""
    with unit_of_work(read_only=True):
        if not resets.is_open(token):
            raise LinkExpired
    with unit_of_work():
        db.session.execute(update(PasswordReset).values(used_at=now()))


@pytest.mark.covers("ACC-05")
def test_reset_link_pressed_by_many_at_once_works_for_exactly_one(app: Flask) -> None:
    assert winners(app, use_link) == 1


@pytest.mark.control
def test_link_that_is_looked_at_before_it_is_used_would_work_for_several(app: Flask) -> None:
    assert any(winners(app, look_then_use_link) > 1 for _ in range(ROUNDS))


@pytest.mark.covers("ACC-01")
def test_one_email_registered_by_many_at_once_becomes_one_account(app: Flask) -> None:
    def register(number: int) -> int:
        with unit_of_work():
            return membership.register(Person(f"Asha {number}", email="asha@example.com"), "hash", None).id

    told = [type(answer).__name__ for answer in all_at_once(app, register, AT_ONCE)]
    assert sorted(told) == ["AlreadyTaken"] * (AT_ONCE - 1) + ["int"]
    assert db.session.scalar(select(func.count(User.id))) == 1
