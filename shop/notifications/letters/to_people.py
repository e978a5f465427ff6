"""What people are told of their accounts.

A writer returns None where there is nobody to write to, or nothing left to say.
"""

from __future__ import annotations

from typing import Any

from shop.accounts.events import (
    AccountErased,
    DataExportReady,
    EmailChanged,
    MadeElsewhere,
    PasswordChanged,
    PasswordResetRequested,
    PhoneAccountErased,
    SignInLinked,
    TwoFactorSwitchedOff,
    TwoFactorSwitchedOn,
    UserRegistered,
)
from shop.accounts.masking import masked
from shop.accounts.models import Farewell, User
from shop.accounts.services import login_links, resets
from shop.accounts.social.proofs import TITLES
from shop.extensions import db
from shop.lib.http.answers import external_url
from shop.notifications.letters.letter import Letter
from shop.store.settings import EXPORT_DAYS, value_of


def write_welcome(event: UserRegistered) -> Letter | None:
    """To a person who registered with an e-mail address."""
    return _to_person(event.user_id, action_url=external_url("home.show"), action_label="Look around")


def write_password_reset(event: PasswordResetRequested) -> Letter | None:
    """With a link made now, so that its few minutes begin when it leaves; every older link stops working."""
    link = external_url("password.reset", token=resets.make_reset(event.user_id))
    return _to_person(event.user_id, action_url=link, action_label="Choose a new password")


def write_password_changed(event: PasswordChanged) -> Letter | None:
    """A warning, in case it was somebody else."""
    return _to_person(event.user_id)


def write_email_changed(event: EmailChanged) -> Letter | None:
    """A warning to the address before, which does not tell the new one to whoever reads there now."""
    user = db.session.get(User, event.user_id)
    if user is None:
        return None
    facts = {"person": user, "new_email": masked(user.email or "")}
    return Letter(event.old_email, facts, user_id=user.id)


def write_welcome_link(event: MadeElsewhere) -> Letter | None:
    """To a new person without a password of their own, with a link that logs in once, made now."""
    link = external_url("login_link.show", token=login_links.make_login_link(event.user_id))
    return _to_person(event.user_id, action_url=link, action_label="Log in")


def write_sign_in_linked(event: SignInLinked) -> Letter | None:
    """A warning, in case it was somebody else."""
    return _to_person(event.user_id, provider=TITLES[event.provider])


def write_two_factor_on(event: TwoFactorSwitchedOn) -> Letter | None:
    """A warning, in case it was somebody else."""
    return _to_person(event.user_id)


def write_two_factor_off(event: TwoFactorSwitchedOff) -> Letter | None:
    """A warning too; it says whether the person did it or somebody of the team."""
    return _to_person(event.user_id, by_team=event.by_team)


def write_export_ready(event: DataExportReady) -> Letter | None:
    """Leads to the page where its person downloads it; the mail itself opens nothing."""
    link = external_url("data_export.show")
    return _to_person(event.user_id, action_url=link, action_label="Download your data", days=value_of(EXPORT_DAYS))


def write_farewell(event: AccountErased) -> Letter | None:
    """To the address the account had; its person may not have asked for this."""
    farewell = db.session.get(Farewell, event.user_id)
    return _last(farewell, farewell.email) if farewell and farewell.email else None


def text_farewell(event: PhoneAccountErased) -> Letter | None:
    """To the phone that was all the account had; its person may not have asked for this."""
    farewell = db.session.get(Farewell, event.user_id)
    return _last(farewell, farewell.phone) if farewell and farewell.phone else None


def _last(farewell: Farewell, recipient: str) -> Letter:
    facts = {"first_name": farewell.name, "by_themselves": farewell.erased_by == farewell.user_id}
    return Letter(recipient, facts, user_id=farewell.user_id)


def _to_person(user_id: int, **facts: Any) -> Letter | None:
    user = db.session.get(User, user_id)
    if user is None or user.email is None or user.erased_at:
        return None
    return Letter(user.email, facts | {"person": user}, user_id=user.id)
