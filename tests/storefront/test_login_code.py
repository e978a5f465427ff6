"""The second step of a login on the page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.accounts.models import SignInChallenge, User, UserStatus
from shop.accounts.services import credentials
from shop.accounts.services.passwords import hash_password
from shop.extensions import db
from shop.lib.clock import now
from tests.accounts.authenticator import code_of, with_app
from tests.factories import a_user, a_variant
from tests.staff.desk import flashed
from tests.storefront.people import browser_of, fresh, is_live, log_in, session_id
from tests.storefront.shoppers import with_bag

pytestmark = pytest.mark.covers("ACC-13")
CODE = "/login/code"


@pytest.fixture
def asha(app: Flask) -> User:
    return a_user("asha@example.com")


@pytest.fixture
def secret(asha: User) -> str:
    return with_app(asha)[0]


def show(client: FlaskClient, code: str, **more: str):  # type: ignore[no-untyped-def]
    return browser_of(client).post(CODE, data={"code": code} | more)


def test_password_alone_opens_nothing(client: FlaskClient, secret: str) -> None:
    assert log_in(client, "asha@example.com", next="/account/orders").location == f"{CODE}?next=/account/orders"
    assert client.get("/account").location.startswith("/login")
    assert session_id(client) is None


def test_code_lets_them_in_where_they_wanted_to_go(client: FlaskClient, asha: User, secret: str) -> None:
    log_in(client, "asha@example.com", remember="y")
    page = client.get(f"{CODE}?next=/account/orders")
    assert 'value="/account/orders"' in page.text
    answer = show(client, code_of(secret, 1), next="/account/orders")
    assert answer.location == "/account/orders"
    assert "Expires=" in answer.headers["Set-Cookie"]
    assert client.get("/account").status_code == 200
    assert fresh(asha.id).last_login_at


def test_recovery_code_lets_them_in_once(app: Flask, asha: User) -> None:
    _secret, codes = with_app(asha)
    for expected in (303, 422):
        client = app.test_client()
        log_in(client, "asha@example.com")
        assert show(client, codes[0]).status_code == expected


def test_visit_after_the_code_has_a_new_id_and_the_guests_bag(client: FlaskClient, secret: str) -> None:
    with_bag(client, a_variant(name="Loom shirt"))
    guests = session_id(client)
    log_in(client, "asha@example.com")
    assert session_id(client) == guests
    show(client, code_of(secret, 1))
    assert session_id(client) != guests
    assert not is_live(guests)
    assert "Loom shirt" in client.get("/cart").text


def test_wrong_code_is_told_and_the_next_one_still_works(client: FlaskClient, secret: str) -> None:
    log_in(client, "asha@example.com")
    refused = show(client, "not a code")
    assert refused.status_code == 422
    assert "error-summary" in refused.text
    assert show(client, "").status_code == 422
    assert show(client, code_of(secret, 1)).status_code == 303


def test_wrong_code_stands_in_the_login_log(client: FlaskClient, asha: User, secret: str) -> None:
    log_in(client, "asha@example.com")
    show(client, "not a code")
    entry = db.session.query(LoginEntry).filter_by(kind=LoginKind.FAILED).one()
    assert entry.user_id == asha.id


def test_sixth_code_in_a_row_is_not_looked_at_from_wherever_it_comes(app: Flask, secret: str) -> None:
    for _ in range(5):
        client = app.test_client()
        log_in(client, "asha@example.com")
        assert show(client, "not a code").status_code == 422
    refused = show(client, code_of(secret, 1))
    assert refused.status_code == 429
    assert "Wait 15 minutes" in refused.text


def test_second_step_belongs_to_the_browser_of_the_first(app: Flask, secret: str) -> None:
    first, other = app.test_client(), app.test_client()
    log_in(first, "asha@example.com")
    answer = show(other, code_of(secret, 1))
    assert answer.location == "/login"
    assert "Log in again" in flashed(other)
    assert other.get("/account").location.startswith("/login")


def test_second_step_is_over_after_five_minutes(client: FlaskClient, secret: str) -> None:
    log_in(client, "asha@example.com")
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert client.get(CODE).location == "/login"
        log_in(client, "asha@example.com")
        assert client.get(CODE).status_code == 200


def test_second_step_finishes_one_login(app: Flask, client: FlaskClient, asha: User, secret: str) -> None:
    log_in(client, "asha@example.com")
    with client.session_transaction() as cookie:
        kept = cookie["second_step"]
    show(client, code_of(secret, 1))
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie["second_step"] = kept
    with time_machine.travel(now() + timedelta(minutes=2)):
        assert show(thief, code_of(secret)).location == "/login"


@pytest.mark.parametrize(
    "change",
    [lambda user: setattr(user, "status", UserStatus.BLOCKED),
     lambda user: credentials.set_password(user, hash_password("Brass-Button-9"))],
)  # fmt: skip
def test_first_step_is_worth_nothing_once_the_account_changed(
    client: FlaskClient, asha: User, secret: str, change: Callable[[User], None]
) -> None:
    log_in(client, "asha@example.com")
    change(asha)
    assert show(client, code_of(secret, 1)).location == "/login"


def test_token_of_the_second_step_is_kept_as_a_hash(client: FlaskClient, secret: str) -> None:
    log_in(client, "asha@example.com")
    with client.session_transaction() as cookie:
        kept = cookie["second_step"]
    row = db.session.query(SignInChallenge).one()
    assert kept not in (row.token_hash, row.password_mark)


def test_nobody_is_asked_for_a_code_out_of_the_blue(client: FlaskClient) -> None:
    assert client.get(CODE).location == "/login"
    assert show(client, "123456").location == "/login"


def test_owner_with_the_second_factor_begins_at_the_owners_pages(client: FlaskClient) -> None:
    secret, _codes = with_app(a_user("meera@example.com", role="owner"))
    log_in(client, "meera@example.com")
    assert show(client, code_of(secret, 1)).location == "/staff"
