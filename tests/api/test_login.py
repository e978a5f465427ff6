"""Logging in through the API."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import Session, UserStatus
from shop.config import Config
from shop.extensions import db, limiter
from shop.lib.clock import now
from tests.api.signing_in import LOGIN, bearer, cookie_of, log_in, works
from tests.factories import PASSWORD, a_user
from tests.storefront.people import body, browser_of, fresh
from tests.storefront.people import log_in as log_in_on_the_page


@pytest.fixture
def throttled(make_shop: Callable[..., Flask]) -> Iterator[Flask]:
    """The same shop with its limits on."""
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    yield shop
    limiter.enabled = False


def at_address(shop: Flask, number: int) -> FlaskClient:
    client = browser_of(shop.test_client())
    client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
    return client


@pytest.mark.covers("ACC-02", "ACC-15")
@pytest.mark.parametrize("named", [{"email": " Asha@Example.com "}, {"identifier": "asha@example.com", "email": None},
                                   {"phone": "98450 12345"}, {"username": "+919845012345"}])  # fmt: skip
@pytest.mark.parametrize("body", ["json", "data"])
def test_person_gets_an_access_token_that_opens_what_is_theirs(client: FlaskClient, named: Any, body: str) -> None:
    user = a_user("asha@example.com", phone="+919845012345")
    sent = {name: value for name, value in named.items() if value or body == "json"}
    answer = client.post(LOGIN, **{body: sent | {"password": PASSWORD}})
    assert (answer.status_code, answer.json["token_type"], answer.json["expires_in"]) == (200, "bearer", 1800)
    assert (answer.json["user"]["id"], answer.json["user"]["email"]) == (str(user.id), "asha@example.com")
    assert works(client, answer.json["access_token"])
    assert fresh(user.id).last_login_at


@pytest.mark.covers("ACC-02")
def test_oauth_password_form_logs_in(client: FlaskClient) -> None:
    a_user("asha@example.com")
    form = {"grant_type": "password", "username": "asha@example.com", "password": PASSWORD, "scope": "",
            "client_id": "app", "client_secret": "x"}  # fmt: skip
    assert client.post(LOGIN, data=form).status_code == 200
    assert list(client.post(LOGIN, data=form | {"grant_type": "code"}).json["errors"]) == ["grant_type"]


@pytest.mark.covers("ACC-15")
@pytest.mark.parametrize(("remember", "access", "refresh"), [(True, 1800, 30 * 86400), (False, 600, 86400)])
def test_tokens_live_as_long_as_asked(client: FlaskClient, remember: bool, access: int, refresh: int) -> None:
    answer = log_in(client, a_user().email, remember_me=remember)
    assert answer.json["expires_in"] == access
    assert f"Max-Age={refresh};" in answer.headers["Set-Cookie"]
    left = db.session.scalars(select(Session.expires_at)).one() - now()
    assert refresh - 60 < left.total_seconds() <= refresh


@pytest.mark.covers("ACC-15")
def test_refresh_cookie_is_out_of_reach_for_scripts_and_other_sites(
    app: Flask, make_shop: Callable[..., Flask]
) -> None:
    user = a_user()
    plain = log_in(app.test_client(), user.email).headers["Set-Cookie"]
    assert all(part in plain for part in ("HttpOnly", "SameSite=Strict", "Path=/api/v1/auth"))
    shop: Config = app.config["SHOP"]
    secure = make_shop(base_url="https://localhost").test_client()
    assert "Secure" not in plain
    assert not shop.is_secure
    assert "Secure" in log_in(secure, user.email).headers["Set-Cookie"]


@pytest.mark.covers("ACC-15")
def test_app_without_a_cookie_jar_gets_the_refresh_token_in_the_body(client: FlaskClient) -> None:
    user = a_user()
    app, page = log_in(client, user.email, refresh_in="body"), log_in(client, user.email)
    assert app.json["refresh_token"]
    assert "Set-Cookie" not in app.headers
    assert "X-CSRFToken" not in app.headers
    assert cookie_of(page)
    assert page.headers["X-CSRFToken"]
    assert "refresh_token" not in page.json


@pytest.mark.covers("ACC-03")
def test_sign_in_is_a_session_row_with_device_and_address(client: FlaskClient) -> None:
    user = a_user()
    client.environ_base |= {"HTTP_USER_AGENT": "Pocket/1.0 " + "x" * 1000, "REMOTE_ADDR": "198.51.100.9"}
    log_in(client, user.email)
    row = db.session.scalars(select(Session)).one()
    assert (row.user_id, row.ip, row.user_agent[:10]) == (user.id, "198.51.100.9", "Pocket/1.0")


@pytest.mark.covers("ACC-02")
def test_wrong_password_unknown_name_and_closed_account_get_the_same_bytes(app: Flask) -> None:
    user = a_user("asha@example.com")
    wrong = log_in(app.test_client(), "asha@example.com", "Wrong-Horse-7")
    user.status = UserStatus.INACTIVE
    closed = log_in(app.test_client(), "asha@example.com")
    db.session.delete(user)
    unknown = log_in(app.test_client(), "asha@example.com")
    assert (wrong.status_code, wrong.content_type) == (401, "application/problem+json")
    assert wrong.headers["WWW-Authenticate"] == "Bearer"
    assert body(wrong) == body(closed) == body(unknown)
    assert closed.status_code == unknown.status_code == 401


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "password"), ({"password": "x"}, "identifier"), ({"email": "a", "phone": "1", "password": "x"}, "identifier"),
     ({"email": ["a"], "password": "x"}, "email"), ({"email": {"$ne": 1}, "password": "x"}, "email"),
     ({"email": "a\0b", "password": "x"}, "email"), ({"email": "a", "password": "\ud800"}, "password"),
     ({"email": "a", "password": "x" * 129}, "password"), ({"email": "a" * 5000, "password": "x"}, "email"),
     ({"email": "a", "password": "x", "refresh_in": "url"}, "refresh_in")],
)  # fmt: skip
def test_odd_login_is_refused_at_its_field(client: FlaskClient, sent: dict[str, Any], field: str) -> None:
    answer = client.post(LOGIN, json=sent)
    assert (answer.status_code, field in answer.json["errors"]) == (422, True)


@pytest.mark.parametrize(
    "sent", ["[" * 100_000, '{"password":', "\x00", "null", "[1]", '"x"', "{" + '"a":{' * 5000, "9" * 5000]
)
def test_body_that_is_no_login_is_refused(throttled: Flask, sent: str) -> None:
    answer = throttled.test_client().post(LOGIN, data=sent, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.content_type == "application/problem+json"


@pytest.mark.covers("ACC-02")
def test_tries_at_one_account_count_together_on_the_page_and_in_the_api(throttled: Flask) -> None:
    victim, other = a_user(), a_user()
    for number in range(5):
        log_in(at_address(throttled, number), victim.email, "Wrong-Horse-7")
        log_in_on_the_page(at_address(throttled, 100 + number), f" {str(victim.email).upper()}", "Wrong-Horse-7")
    refused = log_in(at_address(throttled, 11), victim.email)
    assert (refused.status_code, refused.content_type) == (429, "application/problem+json")
    assert int(refused.headers["Retry-After"]) > 0
    assert at_address(throttled, 12).post(LOGIN, data={"email": victim.email}).status_code == 429
    assert log_in_on_the_page(at_address(throttled, 13), str(victim.email)).status_code == 429
    assert log_in(at_address(throttled, 14), other.email).status_code == 200


@pytest.mark.covers("ACC-02")
def test_tries_from_one_address_count_together_on_the_page_and_in_the_api(throttled: Flask) -> None:
    for number in range(15):
        log_in(at_address(throttled, 1), f"nobody{number}@example.com", "Wrong-Horse-7")
        log_in_on_the_page(at_address(throttled, 1), f"nobody{number}@example.com", "Wrong-Horse-7")
    user = a_user()
    assert log_in(at_address(throttled, 1), user.email).status_code == 429
    assert log_in(at_address(throttled, 2), user.email).status_code == 200


@pytest.mark.covers("ACC-02")
def test_right_passwords_are_never_counted(throttled: Flask) -> None:
    user = a_user()
    assert {log_in(at_address(throttled, 1), user.email).status_code for _ in range(12)} == {200}


def test_no_password_and_no_token_is_ever_logged(client: FlaskClient, capfd: pytest.CaptureFixture[str]) -> None:
    user = a_user()
    page = log_in(client, user.email)
    log_in(client, user.email, "Wrong-Horse-7")
    renewed = browser_of(client).post("/api/v1/auth/token/refresh")
    client.post("/api/v1/auth/logout", headers=bearer(renewed.json["access_token"]))
    said = "".join(capfd.readouterr())
    assert said.count("/api/v1/auth/") == 4
    secrets = [PASSWORD, "Wrong-Horse-7", page.headers["X-CSRFToken"]]
    secrets += [answer.json["access_token"] for answer in (page, renewed)] + [cookie_of(page), cookie_of(renewed)]
    assert [secret for secret in secrets if secret and secret in said] == []
