"""Making an account through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from shop.accounts.models import Role, Session, User, UserRole
from shop.extensions import db, limiter
from tests.api.signing_in import log_in
from tests.factories import a_user
from tests.storefront.people import browser_of

STRONG = "Brass-Button-9"
PERSON = {"first_name": " Asha ", "last_name": "Rao", "email": "Asha@Example.com", "phone": "98450 12345"}
WEAK = ["shrt-1A", "no-capital-1", "NO-SMALL-1", "No-Digit-Here", "NoSpecial123", "Password123!", "Aa1!" * 40]
PATH = "/api/v1/auth/register"


def register(client: FlaskClient, **changes: Any) -> TestResponse:
    sent = PERSON | {"password": STRONG} | changes
    return client.post(PATH, json={name: value for name, value in sent.items() if value is not ...})


def people() -> int:
    return db.session.scalar(select(func.count(User.id))) or 0


@pytest.mark.covers("ACC-01")
@pytest.mark.parametrize("body", ["json", "data"])
def test_stranger_becomes_a_customer(client: FlaskClient, body: str) -> None:
    answer = client.post(PATH, **{body: PERSON | {"password": STRONG, "password_again": STRONG}})
    assert answer.status_code == 201
    user = db.session.scalars(select(User)).one()
    shown = (str(user.id), user.first_name, user.last_name, user.email, user.phone)
    assert shown == tuple(answer.json[name] for name in ("id", "first_name", "last_name", "email", "phone"))
    assert shown[1:] == ("Asha", "Rao", "asha@example.com", "+919845012345")
    assert db.session.scalars(select(Role.name).join(UserRole)).all() == ["customer"]


@pytest.mark.covers("ACC-01")
def test_new_customer_logs_in_with_the_password_they_chose_and_not_before(client: FlaskClient) -> None:
    answer = register(client)
    assert "Set-Cookie" not in answer.headers
    assert db.session.scalar(select(func.count()).select_from(Session)) == 0
    assert log_in(client, "9845012345", STRONG).status_code == 200


@pytest.mark.covers("ACC-01")
@pytest.mark.parametrize("missing", ["email", "phone", "last_name"])
@pytest.mark.parametrize("value", [None, "", ...])
def test_one_way_to_be_reached_is_enough(client: FlaskClient, missing: str, value: Any) -> None:
    answer = register(client, **{missing: value})
    assert (answer.status_code, answer.json[missing] or None) == (201, None)


@pytest.mark.covers("ACC-01", "API-03")
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"email": "", "phone": None}, "email"), ({"first_name": " "}, "first_name"), ({"first_name": ...}, "first_name"),
     ({"first_name": "x" * 81}, "first_name"), ({"email": "no-address"}, "email"), ({"email": 5}, "email"),
     ({"email": "a@b\r\nBcc: x@y.z"}, "email"), ({"phone": "12"}, "phone"), ({"phone": "9" * 400}, "phone"),
     ({"phone": "+1 202 555 0100"}, "phone"), ({"password_again": "Brass-Button-8"}, "password_again"),
     ({"password": "Brass-Button-9\ud800"}, "password"), ({"password": ...}, "password"), ({"role": "owner"}, "role"),
     *(({"password": password}, "password") for password in WEAK)],
)  # fmt: skip
def test_bad_value_is_refused_at_its_field(client: FlaskClient, changes: dict[str, Any], field: str) -> None:
    answer = register(client, **changes)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert list(answer.json["errors"]) == [field]
    assert people() == 0


@pytest.mark.covers("ACC-01")
def test_everything_that_is_wrong_is_said_at_once(client: FlaskClient) -> None:
    answer = register(client, first_name="", email="x", phone="1", password="weak")
    assert sorted(answer.json["errors"]) == ["email", "first_name", "password", "phone"]


@pytest.mark.covers("ACC-01")
@pytest.mark.parametrize("taken", [{"email": "asha@example.com"}, {"phone": "+919845012345"}])
def test_taken_email_or_phone_is_a_conflict_with_the_way_to_log_in(client: FlaskClient, taken: dict[str, str]) -> None:
    a_user(**taken)
    answer = register(client)
    assert answer.status_code == 409
    assert list(answer.json["errors"]) == list(taken)
    assert "POST /api/v1/auth/login" in answer.json["detail"]
    assert people() == 1


@pytest.mark.covers("ACC-01")
def test_asking_which_emails_are_taken_is_throttled_with_the_pages_tries(make_shop: Callable[..., Flask]) -> None:
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    a_user("asha@example.com")
    client: Any = browser_of(shop.test_client())
    assert {client.post("/register").status_code for _ in range(10)} == {422}
    seen = [register(client).status_code for _ in range(11)]
    assert seen == [409] * 10 + [429]
    assert client.post("/register").status_code == 429
