"""Apps show once more whose sign-in it is, before what a stolen token must not do."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from shop.accounts import guards
from shop.accounts.models import Session, User
from shop.accounts.services import tokens
from shop.extensions import db
from shop.lib.clock import now
from tests.accounts.authenticator import code_of, with_app
from tests.api.asking import App
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.covers("ACC-12", "ACC-15")
CONFIRM = "/auth/confirm-password"
ROLE = {"role_name": "Till", "permissions": ["order:read"]}


@pytest.fixture
def owner(app) -> User:
    return a_user("owner@example.com", role="owner")


def old_app(client: FlaskClient, owner: User) -> App:
    """An app that logged in an hour ago."""
    held = App(client, owner)
    db.session.execute(update(Session).values(password_confirmed_at=now() - timedelta(hours=1)))
    db.session.commit()
    return held


def test_an_old_token_is_told_to_confirm_and_may_after_that(client: FlaskClient, owner: User) -> None:
    app = old_app(client, owner)
    refused = app.send("POST", "/roles/", ROLE)
    assert (refused.status_code, refused.content_type) == (403, "application/problem+json")
    assert refused.json["code"] == "confirm_password"
    assert app.get("/roles/").status_code == 200
    assert app.send("POST", CONFIRM, {"current_password": PASSWORD}).status_code == 200
    assert app.send("POST", "/roles/", ROLE).status_code == 201


def test_without_the_guard_an_old_token_would_do(
    client: FlaskClient, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setattr(guards, "ask_confirmed", lambda: None)
    assert old_app(client, owner).send("POST", "/roles/", ROLE).status_code == 201


def test_renewed_tokens_are_not_confirmed_by_that(client: FlaskClient, owner: User) -> None:
    made = tokens.issue(owner.id, None, "tests", remember=True)
    db.session.commit()
    app = old_app(client, owner)
    renewed = app.send("POST", "/auth/token/refresh", {"refresh_token": made.refresh_token}).json
    app.headers = {"Authorization": f"Bearer {renewed['access_token']}"}
    assert app.send("POST", "/roles/", ROLE).json["code"] == "confirm_password"


def test_a_wrong_password_confirms_nothing_and_the_second_factor_is_asked(client: FlaskClient, owner: User) -> None:
    secret, _codes = with_app(owner)
    app = old_app(client, owner)
    for body in ({"current_password": "Guess-Work-1"}, {"current_password": PASSWORD}, {}):
        assert app.send("POST", CONFIRM, body).status_code == 422
    assert app.send("POST", "/roles/", ROLE).status_code == 403
    right = {"current_password": PASSWORD, "code": code_of(secret, 1)}
    assert app.send("POST", CONFIRM, right).status_code == 200
    assert app.send("POST", "/roles/", ROLE).status_code == 201


def test_passwords_are_guessed_ten_times_and_no_more(make_shop, owner: User) -> None:
    client = make_shop(rate_limits=True).test_client()
    app = old_app(client, owner)
    told = [app.send("POST", CONFIRM, {"current_password": "Guess-Work-1"}).status_code for _ in range(11)]
    assert told == [422] * 10 + [429]
    assert App(client).send("POST", CONFIRM, {"current_password": PASSWORD}).status_code == 401
