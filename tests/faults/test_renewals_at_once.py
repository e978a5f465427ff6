"""One refresh token shown by many at once (ACC-15)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from shop.accounts.models import RefreshToken
from shop.accounts.services import tokens
from shop.accounts.services.tokens import Tokens
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.tokens import hash_of
from shop.lib.unit_of_work import unit_of_work
from tests.factories import a_user
from tests.support.barrier import all_at_once

AT_ONCE = 8
ROUNDS = 20
pytestmark = pytest.mark.faults


def a_sign_in() -> Tokens:
    made = tokens.issue(a_user().id, None, "tests", remember=True)
    db.session.commit()
    return made


def pairs(app: Flask, renew: Callable[[str], Tokens | None]) -> list[Tokens]:
    """What those who show one token at the same moment are given."""
    shown = a_sign_in().refresh_token
    answers = all_at_once(app, lambda _number: renew(shown), AT_ONCE)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    return [answer for answer in answers if isinstance(answer, Tokens)]


def renew(shown: str) -> Tokens | None:
    with unit_of_work():
        return tokens.renew(shown)


def look_then_renew(shown: str) -> Tokens | None:
    """The control: looks whether the token was used and notes it later, as if nobody could come in between."""
    mine = RefreshToken.token_hash == hash_of(shown)
    with unit_of_work(read_only=True):
        session_id, used_at = db.session.execute(
            select(RefreshToken.session_id, RefreshToken.used_at).where(mine)
        ).one()
    if used_at:
        return None
    with unit_of_work():
        db.session.execute(update(RefreshToken).where(mine).values(used_at=now()))
        return tokens._pair(session_id, 0, timedelta(days=30))


@pytest.mark.covers("ACC-15")
def test_clicks_at_the_same_moment_all_get_a_pair_that_works(app: Flask) -> None:
    given = pairs(app, renew)
    assert len({pair.refresh_token for pair in given}) == AT_ONCE
    assert len({pair.session_id for pair in given}) == 1
    assert all(renew(pair.refresh_token) for pair in given)


@pytest.mark.covers("ACC-15")
def test_without_time_for_a_double_click_exactly_one_is_first_and_the_others_end_the_sign_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "DOUBLE_CLICK", timedelta(seconds=-1))
    [winner] = pairs(app, renew)
    assert renew(winner.refresh_token) is None
    assert db.session.scalar(select(func.count(RefreshToken.id))) == 2


@pytest.mark.control
def test_token_that_is_looked_at_before_it_is_used_would_be_first_for_several(app: Flask) -> None:
    assert any(len(pairs(app, look_then_renew)) > 1 for _ in range(ROUNDS))
