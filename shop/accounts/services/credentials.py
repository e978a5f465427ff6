"""Passwords in use: checked at login and again before what matters, changed, reset."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from shop.accounts.errors import SignInFailed, WeakPassword, WrongPassword
from shop.accounts.events import PasswordChanged
from shop.accounts.login_log import recording as login_log
from shop.accounts.models import User, UserStatus
from shop.accounts.queries.people import named
from shop.accounts.services.passwords import check_password_rules, hash_password, is_outdated, is_right
from shop.accounts.services.resets import end_links_and_codes_of
from shop.accounts.services.sessions import end_sessions_of
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.queries import one_or_none
from shop.lib.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Credential:
    """A password that was right for this hash a moment ago."""

    user_id: int
    password_hash: str


def authenticate(name: str, password: str) -> Credential:
    """Check an e-mail or phone with its password; the same work for an unknown one. Opens units of its own.

    Raises SignInFailed, which says nothing about which of the two is wrong; the login log tells the owner.
    """
    with unit_of_work(read_only=True):
        user = one_or_none(named(name)) if name else None
        user_id = user.id if user else None
        known = Credential(user.id, user.password_hash) if user and user.is_active else None
    if not is_right(password, known.password_hash if known else None) or known is None:
        with unit_of_work():
            login_log.note_failed(name, user_id)
        raise SignInFailed
    return _renewed(known, password) if is_outdated(known.password_hash) else known


def _renewed(known: Credential, password: str) -> Credential:
    """Hash a right password anew, as today's cost wants it: only at a login does the shop know it."""
    password_hash = hash_password(password)
    with unit_of_work():
        same = select(User).where(User.id == known.user_id, User.password_hash == known.password_hash)
        user = one_or_none(same.with_for_update())
        if user is None:
            return known
        user.password_hash = password_hash
    return Credential(known.user_id, password_hash)


def note_login(credential: Credential) -> None:
    """Write down a login. Raises SignInFailed if the account changed since its password was checked."""
    same = select(User).where(User.id == credential.user_id, User.password_hash == credential.password_hash)
    user = one_or_none(same.where(User.status == UserStatus.ACTIVE).with_for_update())
    if user is None:
        raise SignInFailed
    user.last_login_at = now()


def check_password(user_id: int, password: str) -> Credential:
    """Ask a signed-in person for their password once more. Opens a unit of its own; raises WrongPassword."""
    with unit_of_work(read_only=True):
        password_hash = db.session.get_one(User, user_id).password_hash
    if not is_right(password, password_hash):
        raise WrongPassword
    return Credential(user_id, password_hash)


def new_hash(password: str) -> str:
    """The hash of a password that keeps the rules; slow, so outside any unit. Raises WeakPassword."""
    check_password_rules(password)
    return hash_password(password)


def new_hash_for(credential: Credential, new_password: str) -> str:
    """The hash to set for someone who proved the old password. Raises WeakPassword where nothing would change."""
    if is_right(new_password, credential.password_hash):
        raise WeakPassword("That is the password you have. Choose another.")
    return new_hash(new_password)


def set_password(user: User, password_hash: str, *, but: str | None = None) -> None:
    """Give a person a new password; every session, except perhaps one, and every link and code of theirs ends."""
    user.password_hash, user.random_password_at = password_hash, None
    end_sessions_of(user.id, but=but)
    end_links_and_codes_of(user.id)
    emit(PasswordChanged(user.id))
    db.session.flush()
