"""What accounts know of people. An account is emptied, not deleted: its number is never given to anybody else, because
orders' histories and the audit log name people by number alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.accounts.devices import device_name
from shop.accounts.login_log.models import LoginEntry
from shop.accounts.models import (
    Address,
    EmailVerification,
    Farewell,
    LinkedSignIn,
    LoginLink,
    OneTimeCode,
    PasswordReset,
    RecoveryCode,
    Session,
    SignInChallenge,
    TwoFactor,
    TwoFactorUse,
    User,
    UserRole,
    UserStatus,
)
from shop.accounts.queries.roles import roles_of
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.files import storage
from shop.lib.money import ZERO
from shop.lib.personal import FORMER, Because, Holding, delete_rows, some_of, told_rows
from shop.lib.queries import rows

PROFILE = ("id", "first_name", "last_name", "email", "phone", "status", "email_verified_at", "phone_verified_at",
           "gender", "date_of_birth", "made_with", "created_at", "last_login_at")  # fmt: skip
FOR_NOBODY = Because("Secrets, or hashes of them, which are for the shop to compare and for nobody to read.")
SECOND_FACTOR = (TwoFactor, TwoFactorUse, RecoveryCode, SignInChallenge)


def _profile(user_id: int) -> dict[str, Any]:
    return some_of(db.session.get_one(User, user_id), *PROFILE)


def _picture(user_id: int) -> bytes | None:
    picture = db.session.get_one(User, user_id).picture
    return storage.content_of(picture) if picture else None


def _sessions(user_id: int) -> list[dict[str, Any]]:
    names = ("created_at", "last_seen_at", "expires_at", "ended_at", "ip", "user_agent")
    found = rows(select(Session).where(Session.user_id == user_id).order_by(Session.created_at))
    return [{"device": device_name(row.user_agent)} | some_of(row, *names) for row in found]


def _roles(user_id: int) -> list[str]:
    return [role.label for role in rows(roles_of(user_id))]


def _delete_logins(user_id: int) -> None:
    """Also rows that the person entered by hand: they stay, and nobody has entered them."""
    delete_rows(LoginEntry.user_id)(user_id)
    for entry in rows(select(LoginEntry).where(LoginEntry.entered_by == user_id)):
        entry.entered_by = 0
    db.session.flush()


def _empty_account(user_id: int) -> None:
    """Nothing in it says whose it was, and nobody logs in with it."""
    user = db.session.get_one(User, user_id)
    storage.forget(user.picture)
    for column in User.__table__.columns:
        if column.nullable:
            setattr(user, column.key, None)
    user.first_name, user.last_name = FORMER
    # The top-level domain where nobody can ever have a mailbox (RFC 2606).
    user.email = f"erased-{user_id}@account.invalid"
    user.password_hash, user.status, user.erased_at = "erased", UserStatus.INACTIVE, now()
    user.orders_count, user.spent = 0, ZERO
    db.session.flush()


HOLDINGS = (
    Holding(("login_entry",), "login_log.json", told_rows(LoginEntry.user_id, "id", "place", "number"), _delete_logins),
    Holding(("address",), "addresses.json", told_rows(Address.user_id), delete_rows(Address.user_id)),
    Holding(("session", "refresh_token"), "sessions.json", _sessions, delete_rows(Session.user_id)),
    Holding(("password_reset",), "", FOR_NOBODY, delete_rows(PasswordReset.user_id)),
    Holding(("one_time_code",), "", FOR_NOBODY, delete_rows(OneTimeCode.user_id)),
    Holding(("email_verification",), "", FOR_NOBODY, delete_rows(EmailVerification.user_id)),
    *(Holding((model.__tablename__,), "", FOR_NOBODY, delete_rows(model.user_id)) for model in SECOND_FACTOR),
    Holding(("login_link",), "", FOR_NOBODY, delete_rows(LoginLink.user_id)),
    Holding(("linked_sign_in",), "sign_ins.json", told_rows(LinkedSignIn.user_id), delete_rows(LinkedSignIn.user_id)),
    Holding((UserRole.__tablename__,), "roles.json", _roles, delete_rows(UserRole.user_id)),
    Holding((Farewell.__tablename__,), "", Because("It is written when the account is gone."),
            Because("It goes when its mail has left.")),
    Holding(("user_account",), "picture.webp", _picture, Because("It goes with the profile.")),
    Holding(("user_account",), "profile.json", _profile, _empty_account),
)  # fmt: skip
