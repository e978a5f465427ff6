"""The second step of a login through the API."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.models import User
from shop.lib.clock import now
from tests.accounts.authenticator import code_of, with_app
from tests.api.signing_in import cookie_of, log_in, works
from tests.factories import a_user

pytestmark = pytest.mark.covers("ACC-13", "ACC-15")
SECOND = "/api/v1/auth/two-factor"


@pytest.fixture
def asha(app: Flask) -> User:
    return a_user("asha@example.com")


def challenge_of(client: FlaskClient, **more: Any) -> str:
    answer = log_in(client, "asha@example.com", **more)
    assert (answer.status_code, answer.json["expires_in"]) == (202, 300)
    assert not {"access_token", "user"} & answer.json.keys()
    assert "Set-Cookie" not in answer.headers
    return str(answer.json["challenge"])


def test_login_answers_that_a_code_is_needed_and_the_code_brings_the_tokens(client: FlaskClient, asha: User) -> None:
    secret, _codes = with_app(asha)
    body = {"challenge": challenge_of(client, remember_me=False), "code": code_of(secret, 1)}
    answer = client.post(SECOND, json=body)
    assert (answer.status_code, answer.json["expires_in"], answer.json["user"]["id"]) == (200, 600, str(asha.id))
    assert cookie_of(answer)
    assert answer.headers["X-CSRFToken"]
    assert works(client, answer.json["access_token"])


def test_app_gets_the_refresh_token_in_the_body_and_may_use_a_recovery_code(client: FlaskClient, asha: User) -> None:
    _secret, codes = with_app(asha)
    body = {"challenge": challenge_of(client), "code": codes[3], "refresh_in": "body"}
    answer = client.post(SECOND, json=body)
    assert answer.json["refresh_token"]
    assert "Set-Cookie" not in answer.headers


def test_challenge_works_once_for_five_minutes(client: FlaskClient, asha: User) -> None:
    _secret, codes = with_app(asha)
    first, second = challenge_of(client), challenge_of(client)
    told = [client.post(SECOND, json={"challenge": first, "code": code}).status_code for code in codes[:2]]
    assert told == [200, 401]
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert client.post(SECOND, json={"challenge": second, "code": codes[2]}).status_code == 401


def test_guesses_count_together_over_all_challenges(client: FlaskClient, asha: User) -> None:
    secret, _codes = with_app(asha)
    guesses = [{"challenge": challenge_of(client), "code": "000-000-0"} for _ in range(5)]
    assert [client.post(SECOND, json=guess).status_code for guess in guesses] == [422] * 5
    assert client.post(SECOND, json=guesses[0] | {"code": code_of(secret, 1)}).status_code == 429


@pytest.mark.parametrize("code", [True, [], None, {}, 123456, 1e5, ""])
def test_what_is_no_text_is_no_code(client: FlaskClient, asha: User, code: Any) -> None:
    with_app(asha)
    answer = client.post(SECOND, json={"challenge": challenge_of(client), "code": code})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["code"])


def test_challenge_nobody_gave_out_is_refused(client: FlaskClient) -> None:
    answer = client.post(SECOND, json={"challenge": "made-up", "code": "123456"})
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")


def test_challenge_opens_nothing_itself(client: FlaskClient, asha: User) -> None:
    with_app(asha)
    assert not works(client, challenge_of(client))
