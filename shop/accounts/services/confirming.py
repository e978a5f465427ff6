"""Somebody of the team shows once more that it is them, before what a stolen session must not do (safety)."""

from __future__ import annotations

from shop.accounts.queries.two_factor import is_on
from shop.accounts.services import sessions, two_factor
from shop.accounts.services.credentials import check_password
from shop.lib.unit_of_work import unit_of_work


def confirm(user_id: int, session_id: str, password: str, code: str) -> None:
    """Check the password, and a code where the person signs in with one; the session knows it from now on.

    Opens units of its own. Raises WrongPassword, WrongTwoFactorCode or TooManyCodes; the password comes first, so that
    nobody without it uses up the tries of codes.
    """
    check_password(user_id, password)
    with unit_of_work():
        asks_code = is_on(user_id)
        if asks_code:
            two_factor.count_try(user_id)
    with unit_of_work():
        if asks_code:
            two_factor.use_code(user_id, code)
        sessions.note_confirmed(session_id)
