"""Accounts elsewhere of the matrix's people: codes of the provider, linked sign-ins, a login link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shop.accounts.models import LinkedSignIn, LoginLink, User
from shop.accounts.services.login_links import make_login_link
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import a_user
from tests.support.providers import ProviderDouble, an_apps_request

BACK = "com.example.pocket:/back"
VERIFIER = "v" * 43


class ProviderCode:
    """A code that works once: each time it is sent it is another one."""

    def __init__(self, there: ProviderDouble) -> None:
        self.there = there

    def __html__(self) -> str:
        """How Flask's JSON writes it."""
        return self.there.sign_in(an_apps_request(VERIFIER, BACK))["code"]


def codes(there: ProviderDouble) -> dict[str, Any]:
    """What an app got at the provider, for somebody the shop does not know yet."""
    there.person["email"] = there.emails[1]["email"] = "elsewhere@example.com"
    return {"google code": ProviderCode(there), "github code": ProviderCode(there)}


def link(user: User) -> None:
    """Let a Google account open this one."""
    db.session.add(LinkedSignIn(user_id=user.id, provider="google", subject=f"of {user.id}"))


def login_link() -> dict[str, Any]:
    """A mailed link, for as long as the matrix takes."""
    token = make_login_link(a_user("linked@example.com").id)
    db.session.query(LoginLink).one().expires_at = now() + timedelta(days=1)
    return {"login link": token}
