"""Apps and pages that log in at the API and renew what they got."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.http import parse_cookie
from werkzeug.test import TestResponse

from tests.factories import PASSWORD

LOGIN = "/api/v1/auth/login"
REFRESH = "/api/v1/auth/token/refresh"
LOGOUT = "/api/v1/auth/logout"


def log_in(client: FlaskClient, name: str | None, password: str = PASSWORD, **more: Any) -> TestResponse:
    """Log in like a page: the refresh token comes in the cookie."""
    return client.post(LOGIN, json={"identifier": name, "password": password} | more)


def app_of(client: FlaskClient, name: str | None, **more: Any) -> dict[str, Any]:
    """What an app holds that logged in without cookies."""
    held: dict[str, Any] = log_in(client, name, refresh_in="body", **more).json
    return held


def renew(client: FlaskClient, refresh_token: Any) -> TestResponse:
    """Renew like an app."""
    return client.post(REFRESH, json={"refresh_token": refresh_token})


def works(client: FlaskClient, access_token: str) -> bool:
    """Whether a guarded operation lets the token in."""
    return client.get("/api/v1/cart-items/", headers=bearer(access_token)).status_code == 200


def bearer(access_token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access_token}"}


def cookie_of(answer: TestResponse) -> str | None:
    """The refresh token an answer's cookie holds; empty where it is cleared."""
    return parse_cookie(answer.headers.get("Set-Cookie", "")).get("rt")
