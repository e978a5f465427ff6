"""The second step of a sign-in: after the first one was right, a few minutes are left to show a code (ACC-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from shop.accounts.errors import SecondStepOver
from shop.accounts.login_log import recording as login_log
from shop.accounts.models import SignInChallenge, User
from shop.accounts.queries.two_factor import name_in_app
from shop.accounts.services import two_factor
from shop.accounts.services.credentials import Credential
from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.tokens import hash_of, new_token
from shop.lib.unit_of_work import unit_of_work

LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class Passed:
    """Both steps were right."""

    credential: Credential
    remember: bool


def ask_for_code(credential: Credential, *, remember: bool) -> str:
    """A token for the second step of a sign-in; whoever holds it has passed the first."""
    token = new_token()
    db.session.add(
        SignInChallenge(
            user_id=credential.user_id,
            token_hash=hash_of(token),
            password_mark=hash_of(credential.password_hash),
            remember=remember,
            expires_at=now() + LIFE,
        )
    )
    db.session.flush()
    return token


def is_open(token: str) -> bool:
    """Whether a code shown with this token would be looked at."""
    return _open(token) is not None


def count_try(token: str) -> None:
    """Count a try before it is looked at. Opens a unit of its own; raises SecondStepOver or TooManyCodes."""
    with unit_of_work():
        found = _open(token)
        if found is None:
            raise SecondStepOver
        two_factor.count_try(found.user_id)


def note_failed(token: str) -> None:
    """Write a wrong code into the login log, as a wrong password is. Opens a unit of its own."""
    with unit_of_work():
        found = _open(token)
        if found:
            login_log.note_failed(name_in_app(found.user_id), found.user_id)


def finish(token: str, code: str) -> Passed:
    """Look at the code and use the token up; the row count decides between two.

    Raises SecondStepOver or WrongTwoFactorCode.
    """
    found = _open(token)
    if found is None:
        raise SecondStepOver
    user = db.session.get_one(User, found.user_id)
    if not user.is_active or found.password_mark != hash_of(user.password_hash):
        raise SecondStepOver
    two_factor.use_code(user.id, code)
    _use_up(found)
    return Passed(Credential(user.id, user.password_hash), found.remember)


def _use_up(found: SignInChallenge) -> None:
    mine = update(SignInChallenge).where(SignInChallenge.id == found.id, SignInChallenge.used_at.is_(None))
    if rows_changed(mine.values(used_at=now())) != 1:
        raise SecondStepOver


def _open(token: str) -> SignInChallenge | None:
    mine = select(SignInChallenge).where(SignInChallenge.token_hash == hash_of(token))
    return db.session.scalar(mine.where(SignInChallenge.used_at.is_(None), SignInChallenge.expires_at > now()))
