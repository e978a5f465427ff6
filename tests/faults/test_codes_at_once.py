"""Two hundred guesses of one code at the same moment: five of them are looked at (ACC-05)."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.accounts.errors import WrongCode
from shop.accounts.models import OneTimeCode
from shop.accounts.services import codes
from shop.accounts.services.codes import Purpose
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from tests.factories import a_user
from tests.support.barrier import all_at_once

GUESSES, AT_ONCE, ROUNDS, TRIES = 200, 8, 20, 5
pytestmark = pytest.mark.faults


def a_code() -> int:
    """Somebody who was sent a code."""
    user_id = a_user().id
    codes.make_code(user_id, Purpose.RESET, "asha@example.com")
    db.session.commit()
    return user_id


def looked_at(app: Flask, take: Callable[[int], str | None], guesses: int) -> int:
    """How many of so many guesses at once are compared with the code."""
    user_id = a_code()
    answers = all_at_once(app, lambda _number: take(user_id), guesses)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    return sum(answer is not None for answer in answers)


def take(user_id: int) -> str | None:
    with unit_of_work():
        return codes.take_try(user_id, Purpose.RESET)


def look_then_take(user_id: int) -> str | None:
    """The control: looks how many tries are left and counts later, as if nobody could come in between."""
    mine = OneTimeCode.user_id == user_id
    with unit_of_work(read_only=True):
        row = db.session.execute(select(OneTimeCode.tries, OneTimeCode.code_hash).where(mine)).one()
    if row.tries >= TRIES:
        return None
    with unit_of_work():
        db.session.execute(update(OneTimeCode).where(mine).values(tries=row.tries + 1))
    return str(row.code_hash)


@pytest.mark.covers("ACC-05")
def test_of_two_hundred_guesses_at_once_five_are_looked_at(app: Flask) -> None:
    assert looked_at(app, take, GUESSES) == TRIES


@pytest.mark.control
def test_guesses_that_are_counted_after_a_look_would_get_more(app: Flask) -> None:
    assert any(looked_at(app, look_then_take, AT_ONCE * 2) > TRIES for _ in range(ROUNDS))


@pytest.mark.covers("ACC-05")
def test_right_code_sent_by_many_at_once_works_for_exactly_one(app: Flask) -> None:
    user_id = a_code()
    with unit_of_work():
        kept = codes.take_try(user_id, Purpose.RESET) or ""

    def use(_number: int) -> None:
        with unit_of_work():
            codes.use_code(user_id, Purpose.RESET, kept)

    told = all_at_once(app, use, AT_ONCE)
    assert sum(answer is None for answer in told) == 1
    assert sum(isinstance(answer, WrongCode) for answer in told) == AT_ONCE - 1
