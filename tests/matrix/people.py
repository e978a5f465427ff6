"""Those who ask, each with a browser, an app and things of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from flask.testing import FlaskClient

from shop.accounts import policy
from shop.accounts.models import Role, RolePermission, User
from shop.accounts.permissions import Permission
from shop.accounts.queries.sessions import handle_of
from shop.accounts.services import tokens
from shop.accounts.visitor import Visitor
from shop.accounts.visits import COOKIE_KEY
from shop.extensions import db
from shop.storefront.arrival import SECOND_STEP
from tests.factories import a_customer, a_user
from tests.storefront.people import use_token_of

EVERYBODY = ("nobody", "guest", "customer", "other", "clerk", "owner")


@dataclass(frozen=True)
class Person:
    """Somebody's cookie, form token and access token, and what they can name."""

    name: str
    is_signed_in: bool = False
    permissions: frozenset[Permission] = frozenset()
    cookie: str = ""
    csrf: str = ""
    token: str = ""
    things: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    def browser(self, app: Flask) -> FlaskClient:
        """A fresh browser with this person's cookie, as it was in the beginning."""
        client = app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if self.cookie:
            client.set_cookie(app.config["SESSION_COOKIE_NAME"], self.cookie)
        if self.csrf:
            client.environ_base["HTTP_X_CSRFTOKEN"] = self.csrf
        return client

    def headers(self) -> dict[str, str]:
        """What this person's app sends."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def known(name: str, visitor: Visitor, permissions: frozenset[Permission], things: Mapping[str, Any]) -> Person:
    """A person whose session this is, with the cookie and tokens a browser and an app would hold."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    client: Any = app.test_client()
    with client.session_transaction() as cookie:
        cookie[COOKIE_KEY] = visitor.session_id
        cookie[SECOND_STEP] = things.get("second step")
    if visitor.user_id is None:
        return Person(name, cookie=_cookie_of(client), things=things)
    made = tokens.issue(visitor.user_id, "127.0.0.1", "tests", remember=True)
    db.session.commit()
    csrf = use_token_of(client)
    owned = {**things, "refresh token": made.refresh_token, "session": handle_of(made.session_id)}
    return Person(name, True, permissions, _cookie_of(client), csrf, made.access_token, owned)


def _cookie_of(client: FlaskClient) -> str:
    kept = client.get_cookie(current_app.config["SESSION_COOKIE_NAME"])
    return kept.value if kept else ""


def holding(permissions: set[Permission], name: str) -> tuple[User, Visitor]:
    """A person whose role has exactly these permissions."""
    role = Role(name=name[:40], label="Of the matrix")
    db.session.add(role)
    db.session.flush()
    db.session.add_all(RolePermission(role_id=role.id, permission=permission) for permission in permissions)
    policy.renew()
    user = a_user(role=role.name)
    return user, a_customer(user)
