"""Rows of the login log for the matrix: old enough to be deleted by age, and by hand, so that they can be changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from shop.accounts.login_log.changing import Noted, enter
from shop.accounts.login_log.models import LoginKind
from tests.factories import a_user

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def logins() -> dict[str, Any]:
    """One row of each kind."""
    user = a_user()
    return {f"{kind} row": enter(Noted(kind, user.id, at=LONG_AGO), user.id).id for kind in LoginKind}
