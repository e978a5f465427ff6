"""Codes of the second factor, shown by many at once: the database counts and decides."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from shop.accounts.errors import TooManyCodes, WrongTwoFactorCode
from shop.accounts.models import TwoFactor, TwoFactorUse, User
from shop.accounts.services import two_factor
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.unit_of_work import unit_of_work
from tests.accounts.authenticator import code_of, with_app
from tests.factories import a_user
from tests.support.barrier import all_at_once

AT_ONCE, GUESSES, ROUNDS = 8, 40, 20
pytestmark = [pytest.mark.faults, pytest.mark.covers("ACC-13")]


def let_in(app: Flask, use: Callable[[int, str], None]) -> int:
    """How many of those who show one code at once are let in."""
    user_id = a_user().id
    secret, _codes = with_app_of(user_id)
    code = code_of(secret, 1)

    def show(_number: int) -> None:
        with unit_of_work():
            use(user_id, code)

    return sum(answer is None for answer in all_at_once(app, show, AT_ONCE))


def looked_at(app: Flask, count: Callable[[int], None]) -> int:
    """How many of many guesses at once are looked at."""
    user_id = a_user().id
    with_app_of(user_id)

    def guess(_number: int) -> None:
        with unit_of_work():
            count(user_id)

    return sum(answer is None for answer in all_at_once(app, guess, GUESSES))


def with_app_of(user_id: int) -> tuple[str, list[str]]:
    return with_app(db.session.get_one(User, user_id))


def look_then_note_the_step(user_id: int, code: str) -> None:
    """The control: reads the last step, compares, writes."""
    secret = db.session.get_one(TwoFactor, user_id).secret
    step = two_factor._step_of(code, secret)
    used = db.session.get_one(TwoFactorUse, user_id)
    if step is None or used.last_step >= step:
        raise WrongTwoFactorCode
    db.session.execute(update(TwoFactorUse).where(TwoFactorUse.user_id == user_id).values(last_step=step))


def look_then_count(user_id: int) -> None:
    """The control: looks whether a try is left in a unit of its own, and counts it in the next."""
    tries = db.session.get_one(TwoFactorUse, user_id).tries
    db.session.rollback()
    if tries >= two_factor.TRIES:
        raise TooManyCodes
    db.session.execute(
        update(TwoFactorUse).where(TwoFactorUse.user_id == user_id).values(tries=TwoFactorUse.tries + 1, tried_at=now())
    )


def test_one_code_shown_by_many_at_once_lets_exactly_one_in(app: Flask) -> None:
    assert let_in(app, two_factor.use_code) == 1


def test_of_many_guesses_at_once_exactly_five_are_looked_at(app: Flask) -> None:
    assert looked_at(app, two_factor.count_try) == two_factor.TRIES


@pytest.mark.control
def test_tries_that_are_read_before_they_are_counted_would_let_more_through(app: Flask) -> None:
    assert any(looked_at(app, look_then_count) > two_factor.TRIES for _ in range(ROUNDS))


@pytest.mark.control
def test_step_that_is_read_before_it_is_noted_would_let_several_in(app: Flask, engine: str) -> None:
    if engine == "sqlite":
        pytest.skip("one writer at a time: what a unit has read nobody changes before it writes")
    assert any(let_in(app, look_then_note_the_step) > 1 for _ in range(ROUNDS))


def test_one_recovery_code_shown_by_many_at_once_lets_exactly_one_in(app: Flask) -> None:
    user_id = a_user().id
    _secret, codes = with_app_of(user_id)

    def show(_number: int) -> None:
        with unit_of_work():
            two_factor.use_code(user_id, codes[0])

    told = all_at_once(app, show, AT_ONCE)
    assert sum(answer is None for answer in told) == 1, told
