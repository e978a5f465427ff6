"""Logging out through the API (ACC-03)."""

import pytest
from flask.testing import FlaskClient

from shop.accounts.queries.people import visitor_of
from shop.accounts.services import sessions, tokens
from tests.api.asking import App
from tests.api.signing_in import LOGOUT, REFRESH, app_of, bearer, cookie_of, log_in, renew, works
from tests.factories import a_user
from tests.storefront.people import browser_of

COVERS = pytest.mark.covers("ACC-03", "ACC-15")


@COVERS
def test_access_token_ends_its_sign_in_with_the_refresh_token(client: FlaskClient) -> None:
    held = app_of(client, a_user().email)
    answer = client.post(LOGOUT, headers=bearer(held["access_token"]))
    assert (answer.status_code, answer.json) == (200, {"message": "You are logged out."})
    assert not works(client, held["access_token"])
    assert renew(client, held["refresh_token"]).status_code == 401


@COVERS
def test_refresh_token_ends_its_sign_in_with_the_access_token(client: FlaskClient) -> None:
    held, other = (app_of(client, user.email) for user in (a_user(), a_user()))
    assert client.post(LOGOUT, json={"refresh_token": held["refresh_token"]}).status_code == 200
    assert not works(client, held["access_token"])
    assert works(client, other["access_token"])


@COVERS
def test_cookie_ends_its_sign_in_and_is_cleared(client: FlaskClient) -> None:
    held = log_in(browser_of(client), a_user().email)
    answer = client.post(LOGOUT)
    assert (answer.status_code, cookie_of(answer)) == (200, "")
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert client.get_cookie("rt", path="/api/v1/auth") is None
    assert client.post(REFRESH).status_code == 401
    assert not works(client, held.json["access_token"])


@COVERS
def test_access_token_vouches_for_the_cookie_beside_it(client: FlaskClient) -> None:
    held = log_in(client, a_user().email)
    assert client.post(LOGOUT, headers=bearer(held.json["access_token"])).status_code == 200
    assert client.get_cookie("rt", path="/api/v1/auth") is None


@COVERS
def test_second_logout_with_a_dead_refresh_token_is_answered_like_one_nobody_knows(client: FlaskClient) -> None:
    held = app_of(client, a_user().email)
    answers = [client.post(LOGOUT, json={"refresh_token": held["refresh_token"]}) for _ in range(2)]
    unknown = client.post(LOGOUT, json={"refresh_token": "x" * 43})
    assert {answer.status_code for answer in (*answers, unknown)} == {200}
    assert answers[0].data == answers[1].data == unknown.data


@COVERS
@pytest.mark.parametrize("headers", [{}, bearer("junk"), {"Authorization": "Basic YTpi"}, {"X-Refresh-Token": ""}])
def test_logout_that_shows_nothing_alive_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post(LOGOUT, headers=headers)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@COVERS
def test_second_logout_with_the_access_token_alone_is_refused(client: FlaskClient) -> None:
    held = app_of(client, a_user().email)
    seen = [client.post(LOGOUT, headers=bearer(held["access_token"])).status_code for _ in range(2)]
    assert seen == [200, 401]


@COVERS
def test_logging_out_everywhere_ends_every_app_and_browser(client: FlaskClient) -> None:
    user = a_user()
    there, browser = (
        tokens.issue(user.id, None, "an app", remember=True),
        sessions.start_session(user.id, None, "tests"),
    )
    app = App(client, user)
    assert app.send("POST", "/auth/logout-all").status_code == 200
    assert app.send("POST", "/auth/logout-all").status_code == 401
    assert tokens.renew(there.refresh_token) is None
    assert visitor_of(browser.id) is None
