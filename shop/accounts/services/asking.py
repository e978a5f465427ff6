"""What anybody may ask for about an account: a link or a code for a new password, the e-mail (ACC-05, ACC-06).

Known and unknown cost the same, one statement and one row of the outbox, and are answered alike; the mail or the text
message does the telling.
"""

from __future__ import annotations

from collections.abc import Callable

from shop.accounts.events import (
    EmailReminderAsked,
    NobodyAsked,
    PasswordResetRequested,
    ResetCodeAskedByMail,
    ResetCodeAskedBySms,
)
from shop.accounts.queries.people import active_id_of
from shop.lib.events import Event, emit


def ask_for_link(email: str) -> None:
    """Owe a link for a new password to whoever has this e-mail."""
    _owe(PasswordResetRequested, email)


def ask_for_code(name: str) -> None:
    """Owe a code for a new password to whoever has this e-mail or phone, the way it was named."""
    _owe(ResetCodeAskedByMail if "@" in name else ResetCodeAskedBySms, name)


def ask_for_email(phone: str) -> None:
    """Owe whoever has this phone the e-mail they log in with, masked."""
    _owe(EmailReminderAsked, phone)


def _owe(event: Callable[[int], Event], name: str) -> None:
    user_id = active_id_of(name)
    emit(event(user_id) if user_id else NobodyAsked(0))
