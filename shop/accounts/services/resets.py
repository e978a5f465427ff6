"""Ways to a new password: a link that is only mailed, or a code; minutes long, single use, kept as hashes (ACC-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, select, update

from shop.accounts.errors import LinkExpired, WrongCode
from shop.accounts.models import LoginLink, PasswordReset, User
from shop.accounts.queries.people import active_id_of
from shop.accounts.services import codes
from shop.accounts.services.codes import Purpose
from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.tokens import hash_of, new_token
from shop.lib.unit_of_work import unit_of_work
from shop.store.settings import RESET_MINUTES, value_of


@dataclass(frozen=True)
class CheckedCode:
    """A code that was right a moment ago."""

    user_id: int
    code_hash: str


def make_reset(user_id: int) -> str:
    """A new link's token; every older link of this person stops working."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update())
    _end_links_of(user_id, PasswordReset)
    token = new_token()
    db.session.add(PasswordReset(user_id=user_id, token_hash=hash_of(token), expires_at=now() + _life()))
    db.session.flush()
    return token


def end_links_and_codes_of(user_id: int) -> None:
    """Kill the open links and codes of a person, those that log in too."""
    for table in (PasswordReset, LoginLink):
        _end_links_of(user_id, table)
    codes.end_codes_of(user_id)


def _end_links_of(user_id: int, table: type[PasswordReset] | type[LoginLink]) -> None:
    open_ones = update(table).where(table.user_id == user_id, table.used_at.is_(None))
    db.session.execute(open_ones.values(used_at=now()))


def is_open(token: str) -> bool:
    """Whether a link would work now."""
    return db.session.scalar(_open(token)) is not None


def use_reset(token: str) -> User:
    """Use a link up and return whose it is; the row count decides between two. Raises LinkExpired."""
    user_id = db.session.scalar(_open(token))
    mine = update(PasswordReset).where(PasswordReset.token_hash == hash_of(token), PasswordReset.used_at.is_(None))
    is_mine = rows_changed(mine.values(used_at=now())) == 1
    user = db.session.get(User, user_id) if user_id and is_mine else None
    if user is None or not user.is_active:
        raise LinkExpired
    return user


def check_code(name: str, code: object) -> CheckedCode:
    """Check the code that was sent to an e-mail or phone; the same work for an unknown one. Opens units of its own.

    Raises WrongCode.
    """
    with unit_of_work(read_only=True):
        user_id = active_id_of(name) or 0
    return CheckedCode(user_id, codes.check_code(user_id, Purpose.RESET, name, code))


def use_code(checked: CheckedCode) -> User:
    """Use a checked code up and return whose it is. Raises WrongCode."""
    codes.use_code(checked.user_id, Purpose.RESET, checked.code_hash)
    user = db.session.get_one(User, checked.user_id)
    if not user.is_active:
        raise WrongCode
    return user


def _life() -> timedelta:
    return timedelta(minutes=value_of(RESET_MINUTES))


def _open(token: str) -> Select[int]:
    return select(PasswordReset.user_id).where(
        PasswordReset.token_hash == hash_of(token), PasswordReset.used_at.is_(None), PasswordReset.expires_at > now()
    )
