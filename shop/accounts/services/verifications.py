"""Proves that an e-mail and a phone are a person's own (ACC-07): by a link that is only ever mailed, and by a code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select, update

from shop.accounts.errors import NothingToVerify, VerificationExpired, WrongCode
from shop.accounts.events import EmailVerificationAsked, PhoneVerificationAsked, PhoneVerified
from shop.accounts.models import EmailVerification, User, UserStatus
from shop.accounts.services import codes
from shop.accounts.services.codes import Purpose
from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.tokens import hash_of, new_token

LIFE = timedelta(hours=24)


def ask_for_email_link(user_id: int) -> None:
    """Owe a person a link to their own address. Raises NothingToVerify."""
    user = db.session.get_one(User, user_id)
    if user.email is None or user.email_verified_at:
        raise NothingToVerify("There is no e-mail address to confirm.")
    emit(EmailVerificationAsked(user_id))


def ask_for_phone_code(user_id: int) -> None:
    """Owe a person a code on their own phone. Raises NothingToVerify."""
    user = db.session.get_one(User, user_id)
    if user.phone is None or user.phone_verified_at:
        raise NothingToVerify("There is no phone number to confirm.")
    emit(PhoneVerificationAsked(user_id))


def make_link(user_id: int) -> str | None:
    """A new link's token; the older ones stop working. None where nothing is left to prove."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    if user.email is None or user.email_verified_at:
        return None
    end_links_of(user_id)
    token = new_token()
    row = EmailVerification(user_id=user_id, email=user.email, token_hash=hash_of(token), expires_at=now() + LIFE)
    db.session.add(row)
    db.session.flush()
    return token


def end_links_of(user_id: int) -> None:
    """Kill a person's open links."""
    mine = update(EmailVerification).where(EmailVerification.user_id == user_id, EmailVerification.used_at.is_(None))
    db.session.execute(mine.values(used_at=now()))


def email_of(token: str, user_id: int) -> str | None:
    """The address a person's link would prove now; None for a dead one, or another's."""
    return db.session.scalar(_open(token, user_id).with_only_columns(EmailVerification.email))


def use_link(token: str, user_id: int) -> User:
    """Use a person's link up: the address is verified. The row count decides between two.

    Raises VerificationExpired, also for another's link: whoever reads the mailbox did not perhaps make the account.
    """
    is_open = email_of(token, user_id) is not None
    mine = update(EmailVerification).where(EmailVerification.token_hash == hash_of(token))
    mine = mine.where(EmailVerification.used_at.is_(None)).values(used_at=now())
    if not is_open or rows_changed(mine) != 1:
        raise VerificationExpired
    user = db.session.get_one(User, user_id)
    user.email_verified_at = now()
    return user


def use_phone_code(user_id: int, phone: str, code_hash: str) -> None:
    """Use a checked code up: the phone is verified, and the e-mail is told. Raises WrongCode.

    From now on the phone can set a new password, so whoever lost a session to somebody else has to hear of it.
    """
    codes.use_code(user_id, Purpose.PHONE, code_hash)
    user = db.session.get_one(User, user_id)
    if user.phone != phone:
        raise WrongCode
    user.phone_verified_at = now()
    emit(PhoneVerified(user_id))


def _open(token: str, user_id: int) -> Select[Any]:
    """A person's link that works, while they still have the address and are let in."""
    mine = (EmailVerification.token_hash == hash_of(token)) & (EmailVerification.email == User.email)
    is_let_in = User.status == UserStatus.ACTIVE
    found = select(EmailVerification).join(User, User.id == EmailVerification.user_id)
    found = found.where(User.id == user_id, mine)
    return found.where(EmailVerification.used_at.is_(None), EmailVerification.expires_at > now(), is_let_in)
