"""What an access token opens, and what is none (ACC-15)."""

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.models import Session, UserStatus
from shop.accounts.services import sessions
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.tokens import key_for
from tests.api.signing_in import app_of, bearer, works
from tests.factories import a_user, sign_in

COVERS = pytest.mark.covers("ACC-15")
GUARDED, OPEN = "/api/v1/cart-items/", "/api/v1/brands/"
JUNK = [
    "junk",
    "a.b.c",
    "é",
    "=",
    "x" * 7_000,
    "null",
    "..",
    "a=b",
    '"',
    base64.urlsafe_b64encode(b"[" * 5_000).decode(),
]


def claims_of(access_token: str) -> dict[str, Any]:
    return jwt.decode(access_token, options={"verify_signature": False})


def signed(claims: dict[str, Any], *, key: bytes | None = None, algorithm: str = "HS256") -> str:
    """A token that is ours in everything but what the test changes."""
    own = key_for("access-token") if key is None else key
    return jwt.encode({name: value for name, value in claims.items() if value is not ...}, own, algorithm=algorithm)


def unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


@COVERS
def test_token_signed_anew_without_a_change_opens_the_same(client: FlaskClient) -> None:
    """Shows that the tests below change exactly one thing."""
    assert works(client, signed(claims_of(app_of(client, a_user().email)["access_token"])))


@COVERS
@pytest.mark.parametrize(
    "change",
    [{"aud": "pages"}, {"aud": ...}, {"iss": "https://evil.example"}, {"iss": ...}, {"exp": ...}, {"exp": 1},
     {"exp": "9" * 12}, {"exp": None}, {"iat": ...}, {"sid": ...}, {"sid": 7}, {"sid": None}, {"sid": "made-up"},
     {"sid": "x\0"}],
)  # fmt: skip
def test_token_with_another_claim_opens_nothing(client: FlaskClient, change: dict[str, Any]) -> None:
    claims = claims_of(app_of(client, a_user().email)["access_token"])
    assert not works(client, signed(claims | change))


@COVERS
@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
def test_token_with_another_signature_opens_nothing(app: Flask, client: FlaskClient) -> None:
    claims = claims_of(app_of(client, a_user().email)["access_token"])
    secret = str(app.config["SECRET_KEY"]).encode().ljust(32, b"\0")
    assert not works(client, unsigned(claims))
    assert not works(client, signed(claims, key=b"another key of thirty-two bytes!"))
    assert not works(client, signed(claims, key=secret))
    assert not works(client, signed(claims, algorithm="HS384"))
    assert not works(client, signed(claims, key=key_for("csrf-token")))


@COVERS
def test_token_dies_with_its_last_second(client: FlaskClient) -> None:
    token = app_of(client, a_user().email)["access_token"]
    ends = now() + timedelta(minutes=30)
    with time_machine.travel(ends - timedelta(seconds=2)):
        assert works(client, token)
    with time_machine.travel(ends + timedelta(seconds=1)):
        assert not works(client, token)


@COVERS
def test_token_dies_with_its_session_and_with_its_account(client: FlaskClient) -> None:
    user = a_user()
    token = app_of(client, user.email)["access_token"]
    user.status = UserStatus.BLOCKED
    assert not works(client, token)
    user.status = UserStatus.ACTIVE
    assert works(client, token)
    sessions.end_session(db.session.scalars(db.select(Session.id)).one())
    assert not works(client, token)


@COVERS
@pytest.mark.parametrize("token", JUNK)
def test_junk_is_refused_where_a_token_is_needed_and_passed_over_where_not(client: FlaskClient, token: str) -> None:
    refused = client.get(GUARDED, headers=bearer(token))
    assert (refused.status_code, refused.content_type) == (401, "application/problem+json")
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert client.get(OPEN, headers=bearer(token)).status_code == 200


@COVERS
@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "Digest a=b", "bearer", "\xff", "Token x"])
def test_header_without_a_token_is_no_access(client: FlaskClient, header: str) -> None:
    assert client.get(GUARDED, headers={"Authorization": header}).status_code == 401
    assert client.get(OPEN, headers={"Authorization": header}).status_code == 200


@COVERS
def test_cookie_of_the_pages_opens_nothing_here_and_a_token_opens_no_page(app: Flask) -> None:
    user, browser, pocket = a_user(), app.test_client(), app.test_client()
    sign_in(browser, user)
    assert browser.get("/account").status_code == 200
    assert browser.get(GUARDED).status_code == 401
    token = app_of(pocket, user.email)["access_token"]
    assert pocket.get("/account", headers=bearer(token)).location.startswith("/login")


@COVERS
def test_answers_to_someone_are_kept_by_nobody(client: FlaskClient) -> None:
    token = app_of(client, a_user().email)["access_token"]
    for headers in (bearer(token), bearer("junk")):
        for path in (GUARDED, OPEN):
            answer = client.get(path, headers=headers)
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert "Authorization" in answer.headers["Vary"]
