"""Making an account."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.accounts.models import Role, User, UserRole
from shop.cart.queries import bag_of
from shop.extensions import db, limiter
from shop.lib.models import OutboxEvent
from tests.factories import a_customer, a_user, a_variant
from tests.storefront.people import browser_of, log_in, session_id, signed_in
from tests.storefront.shoppers import with_bag

STRONG = "Brass-Button-9"
FORM = {"first_name": "Asha", "last_name": "Rao", "email": "Asha@Example.com", "phone": "98450 12345"}
WEAK = ["shrt-1A", "no-capital-1", "NO-SMALL-1", "No-Digit-Here", "NoSpecial123", "Password123!", "Aa1!" * 40]


def register(client: FlaskClient, **changes: Any) -> Any:
    form = FORM | {"password": STRONG, "password_again": changes.get("password", STRONG)} | changes
    return browser_of(client).post("/register", data={name: value for name, value in form.items() if value is not None})


def the_user() -> User:
    db.session.rollback()
    return db.session.scalars(select(User)).one()


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(User.id))) or 0


@pytest.mark.covers("ACC-01")
def test_stranger_becomes_a_customer_and_is_signed_in(client: FlaskClient):
    answer = register(client)
    assert (answer.status_code, answer.location) == (303, "/account")
    user = the_user()
    assert (user.name, user.email, user.phone) == ("Asha Rao", "asha@example.com", "+919845012345")
    assert "Hello, Asha" in client.get("/account").text
    role = select(Role.name).join(UserRole).where(UserRole.user_id == user.id)
    assert db.session.scalars(role).all() == ["customer"]


@pytest.mark.covers("ACC-01")
@pytest.mark.parametrize("missing", ["email", "phone", "last_name"])
def test_one_way_to_be_reached_is_enough(client: FlaskClient, missing: str):
    assert register(client, **{missing: None}).status_code == 303
    assert not getattr(the_user(), missing)


@pytest.mark.covers("ACC-01")
def test_account_without_email_and_phone_is_refused(client: FlaskClient):
    answer = register(client, email="", phone="")
    assert answer.status_code == 422
    assert "Enter an e-mail address or a phone number." in answer.text


@pytest.mark.covers("ACC-01")
@pytest.mark.parametrize("password", WEAK)
def test_weak_password_is_refused_and_nothing_typed_is_lost(client: FlaskClient, password: str):
    answer = register(client, password=password)
    assert answer.status_code == 422
    assert 'value="asha@example.com"' in answer.text
    assert password not in answer.text
    assert people() == 0


@pytest.mark.covers("ACC-01")
def test_password_has_to_be_typed_twice_alike(client: FlaskClient):
    answer = register(client, password_again="Brass-Button-8")
    assert answer.status_code == 422
    assert "The two passwords differ." in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("first_name", ""), ("first_name", " \0 "), ("first_name", "x" * 81), ("email", "no-address"),
     ("email", "a@b\r\nBcc: x@y.z"), ("email", "x" * 300 + "@example.com"), ("phone", "12"),
     ("phone", "+1 202 555 0100"), ("phone", "-1"), ("phone", "9" * 400)],
)  # fmt: skip
def test_bad_value_is_refused_with_a_message_at_its_field(client: FlaskClient, field: str, value: str):
    answer = register(client, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert people() == 0


@pytest.mark.covers("ACC-01")
@pytest.mark.parametrize("taken", [{"email": "asha@example.com"}, {"phone": "+919845012345"}])
def test_taken_email_or_phone_is_a_conflict_with_the_way_to_log_in(client: FlaskClient, taken: dict[str, str]):
    a_user(**taken)
    answer = register(client, next="/account/orders")
    assert answer.status_code == 409
    assert "/login?next=/account/orders" in answer.text
    assert "already" in answer.text
    assert people() == 1


@pytest.mark.covers("ACC-01", "CRT-01")
def test_guests_bag_comes_along(client: FlaskClient):
    variant = a_variant()
    with_bag(client, variant)
    planted = session_id(client)
    register(client)
    assert session_id(client) != planted
    assert [line.variant_id for line in bag_of(a_customer(the_user())).lines] == [variant.id]


@pytest.mark.covers("NOT-01")
def test_welcome_is_owed_once(client: FlaskClient):
    register(client)
    db.session.rollback()
    owed = db.session.scalars(select(OutboxEvent).where(OutboxEvent.event == "UserRegistered")).all()
    assert {row.payload["user_id"] for row in owed} == {the_user().id}
    assert len({row.handler for row in owed}) == len(owed)


def test_nobody_gives_themselves_a_role_or_a_status(client: FlaskClient):
    register(client, role="owner", status="blocked", email_verified_at="2026-01-01", id="1")
    assert client.get("/staff").status_code == 403
    assert the_user().email_verified_at is None


def test_new_customer_can_log_in_with_the_password_they_chose(app: Flask):
    register(app.test_client())
    assert log_in(app.test_client(), "9845012345", STRONG).status_code == 303


def test_signed_in_person_is_led_to_their_account(client: FlaskClient):
    signed_in(client)
    assert client.get("/register").location == "/account"


@pytest.mark.covers("ACC-01")
def test_asking_which_emails_are_taken_is_throttled(make_shop: Callable[..., Flask]):
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    a_user("asha@example.com")
    seen = [register(shop.test_client()).status_code for _ in range(21)]
    limiter.enabled = False
    assert seen == [409] * 20 + [429]
