"""Renewing tokens, and who may not (ACC-15)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.models import RefreshToken, Session, UserStatus
from shop.accounts.services import credentials, sessions
from shop.extensions import db
from shop.lib.clock import now
from tests.api.signing_in import REFRESH, app_of, bearer, cookie_of, log_in, renew, works
from tests.factories import a_user
from tests.storefront.people import browser_of

GARBAGE = ["", "x" * 10_000, "nul\0here", "☃", "é", "\ud800", "null", None]
LATER = timedelta(seconds=11)


@pytest.mark.covers("ACC-15")
def test_refresh_token_in_the_body_is_answered_in_the_body(client: FlaskClient) -> None:
    held = app_of(client, a_user().email)
    answer = renew(client, held["refresh_token"])
    assert (answer.status_code, answer.json["token_type"], answer.json["expires_in"]) == (200, "bearer", 1800)
    assert answer.json["refresh_token"] not in {None, held["refresh_token"]}
    assert "Set-Cookie" not in answer.headers
    assert works(client, answer.json["access_token"])


@pytest.mark.covers("ACC-15")
@pytest.mark.parametrize("way", ["form", "header"])
def test_form_and_header_do_as_well(client: FlaskClient, way: str) -> None:
    token = app_of(client, a_user().email)["refresh_token"]
    sent: Any = {"data": {"refresh_token": token}} if way == "form" else {"headers": {"X-Refresh-Token": token}}
    answer = client.post(REFRESH, **sent)
    assert renew(client, answer.json["refresh_token"]).status_code == 200


@pytest.mark.covers("ACC-15")
def test_refresh_token_in_the_cookie_is_answered_in_the_cookie(client: FlaskClient) -> None:
    first = log_in(browser_of(client), a_user().email)
    second = client.post(REFRESH)
    assert cookie_of(second) not in {None, "", cookie_of(first)}
    assert "refresh_token" not in second.json
    assert second.headers["X-CSRFToken"] == first.headers["X-CSRFToken"]
    assert cookie_of(client.post(REFRESH)) not in {None, cookie_of(second)}


@pytest.mark.covers("ACC-15")
def test_renewed_tokens_live_as_long_as_the_first(client: FlaskClient) -> None:
    held = app_of(client, a_user().email, remember_me=False)
    with time_machine.travel(now() + timedelta(hours=23)):
        second = renew(client, held["refresh_token"]).json
    assert second["expires_in"] == 600
    with time_machine.travel(now() + timedelta(hours=46)):
        third = renew(client, second["refresh_token"])
        assert third.status_code == 200
        assert works(client, third.json["access_token"])
    with time_machine.travel(now() + timedelta(hours=71)):
        assert renew(client, third.json["refresh_token"]).status_code == 401


@pytest.mark.covers("ACC-15")
@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_is_no_refresh_token(client: FlaskClient, garbage: Any) -> None:
    answer = renew(client, garbage)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.covers("ACC-15")
@pytest.mark.parametrize("garbage", ["x" * 7_000, "é", "%00", '"', "a; rt=b"])
def test_garbage_in_header_or_cookie_is_no_refresh_token(client: FlaskClient, garbage: str) -> None:
    assert client.post(REFRESH, headers={"X-Refresh-Token": garbage}).status_code == 401
    assert client.post(REFRESH, headers={"Cookie": f"rt={garbage}"}).status_code == 401


@pytest.mark.covers("ACC-15")
def test_nothing_at_all_is_refused_like_garbage(client: FlaskClient) -> None:
    assert client.post(REFRESH).status_code == 401
    assert client.post(REFRESH, json={}).status_code == 401
    assert client.post(REFRESH, json={"refresh_token": ["x"]}).status_code == 422


@pytest.mark.covers("ACC-15")
def test_access_token_is_no_refresh_token_nor_the_other_way_round(client: FlaskClient) -> None:
    held = app_of(client, a_user().email)
    assert renew(client, held["access_token"]).status_code == 401
    assert not works(client, held["refresh_token"])


@pytest.mark.covers("ACC-15")
def test_refresh_token_speaks_for_its_own_person_whoever_else_signs_the_request(client: FlaskClient) -> None:
    mine, theirs = app_of(client, a_user().email), app_of(client, a_user().email)
    sent = {"json": {"refresh_token": theirs["refresh_token"]}, "headers": bearer(mine["access_token"])}
    answer = client.post(REFRESH, **sent)
    session_ids = {row.user_id for row in db.session.scalars(db.select(Session).join(RefreshToken))}
    assert answer.status_code == 200
    assert len(session_ids) == 2
    assert renew(client, mine["refresh_token"]).status_code == 200


@pytest.mark.covers("ACC-15")
@pytest.mark.parametrize("status", [UserStatus.INACTIVE, UserStatus.BLOCKED])
def test_closed_account_renews_nothing(client: FlaskClient, status: UserStatus) -> None:
    user = a_user()
    held = app_of(client, user.email)
    user.status = status
    assert renew(client, held["refresh_token"]).status_code == 401
    assert not works(client, held["access_token"])


@pytest.mark.covers("ACC-04", "ACC-15")
def test_new_password_ends_every_sign_in(client: FlaskClient) -> None:
    user = a_user()
    held = [app_of(client, user.email), app_of(client, user.email)]
    credentials.set_password(user, "a new hash")
    assert [renew(client, each["refresh_token"]).status_code for each in held] == [401, 401]
    assert not any(works(client, each["access_token"]) for each in held)


@pytest.mark.covers("ACC-03")
def test_ended_session_renews_nothing(client: FlaskClient) -> None:
    held = app_of(client, a_user().email)
    sessions.end_session(db.session.scalars(db.select(Session.id)).one())
    assert renew(client, held["refresh_token"]).status_code == 401


@pytest.mark.covers("ACC-15")
def test_double_click_gives_two_pairs_that_work(client: FlaskClient) -> None:
    held = app_of(client, a_user().email)
    pairs = [renew(client, held["refresh_token"]).json for _ in range(2)]
    assert all(works(client, pair["access_token"]) for pair in pairs)
    assert [renew(client, pair["refresh_token"]).status_code for pair in pairs] == [200, 200]


@pytest.mark.covers("ACC-15")
def test_reuse_after_the_double_click_ends_the_whole_sign_in_and_no_other(client: FlaskClient) -> None:
    user = a_user()
    stolen, other = app_of(client, user.email), app_of(client, user.email)
    second = renew(client, stolen["refresh_token"]).json
    with time_machine.travel(now() + LATER):
        assert works(client, second["access_token"])
        assert renew(client, stolen["refresh_token"]).status_code == 401
        assert not works(client, stolen["access_token"])
        assert not works(client, second["access_token"])
        assert renew(client, second["refresh_token"]).status_code == 401
        assert works(client, other["access_token"])
        assert renew(client, other["refresh_token"]).status_code == 200


@pytest.mark.covers("ACC-15")
def test_double_click_does_not_prolong_the_time_for_one(client: FlaskClient) -> None:
    held = app_of(client, a_user().email)
    began = now()
    seen = []
    for seconds in (0, 6, 12):
        with time_machine.travel(began + timedelta(seconds=seconds)):
            seen.append(renew(client, held["refresh_token"]).status_code)
    assert seen == [200, 200, 401]


@pytest.mark.covers("ACC-15")
@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
     {"Origin": "null"}, {}, {"X-CSRFToken": ""}, {"X-CSRFToken": "0" * 64}, {"X-CSRFToken": "é"}],
)  # fmt: skip
@pytest.mark.parametrize("path", [REFRESH, "/api/v1/auth/logout"])
def test_cookie_is_not_heard_from_another_site_or_without_its_token(
    client: FlaskClient, headers: dict[str, str], path: str
) -> None:
    first = log_in(client, a_user().email)
    answer = client.post(path, data={}, headers=headers, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.content_type) == (403, "application/problem+json")
    assert works(client, first.json["access_token"])
    assert db.session.scalars(db.select(RefreshToken.used_at)).all() == [None]


@pytest.mark.covers("ACC-15")
def test_another_sign_ins_csrf_token_does_not_fit(client: FlaskClient) -> None:
    user = a_user()
    foreign = log_in(client, user.email).headers["X-CSRFToken"]
    log_in(client, user.email)
    assert client.post(REFRESH, headers={"X-CSRFToken": foreign}).status_code == 403


@pytest.mark.covers("ACC-15")
@pytest.mark.parametrize("here", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_cookie_is_heard_from_our_own_pages_and_with_its_token(app: Flask, here: dict[str, str]) -> None:
    client = app.test_client()
    first = log_in(client, a_user().email)
    assert client.post(REFRESH, headers=here).status_code == 200
    assert client.post(REFRESH, headers={"X-CSRFToken": first.headers["X-CSRFToken"]}).status_code == 200
