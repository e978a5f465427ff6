"""What the login log writes down, and how much of it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.accounts.errors import SignInFailed
from shop.accounts.jobs import forget_old_logins
from shop.accounts.login_log import queries
from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.accounts.login_log.queries import LoginFilter
from shop.accounts.login_log.recording import IN_DETAIL, note, note_failed
from shop.accounts.masking import masked
from shop.accounts.services.credentials import authenticate
from shop.extensions import db
from shop.lib.actor import Actor, acting_as
from shop.lib.clock import now
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.store.setting_services import set_value
from shop.store.settings import LOGIN_LOG_DAYS
from tests.api.signing_in import LOGOUT, app_of, bearer
from tests.factories import PASSWORD, a_user
from tests.storefront.people import NEW_PASSWORD, browser_of, log_in, use_token_of
from tests.support.settings import shows
from tests.support.statements import statements

AGENT = "Mozilla/5.0 (X11; Linux) Firefox/140.0"
SOMEBODY = Actor("guest", "Guest", None, "203.0.113.7", AGENT)


def entries(**wanted: object) -> list[LoginEntry]:
    db.session.rollback()
    return rows(queries.logins(LoginFilter(**wanted)))


def kinds(user_id: int) -> list[str]:
    """What the log tells of somebody, the oldest first."""
    return [entry.kind for entry in reversed(entries(user_id=user_id))]


def visitor(client: FlaskClient) -> FlaskClient:
    client.environ_base["HTTP_USER_AGENT"] = AGENT
    return browser_of(client)


@pytest.mark.covers("ACC-16")
def test_registration_login_and_logout_are_written_down(client: FlaskClient) -> None:
    new = {"first_name": "Ravi", "email": "ravi@example.com", "password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
    visitor(client).post("/register", data=new)
    use_token_of(client)
    client.post("/logout")
    log_in(client, "ravi@example.com", NEW_PASSWORD)
    [login, logout, register] = entries()
    assert [login.kind, logout.kind, register.kind] == [LoginKind.LOGIN, LoginKind.LOGOUT, LoginKind.REGISTER]
    assert len({entry.user_id for entry in (login, logout, register)} - {None}) == 1
    assert {(entry.ip, entry.user_agent) for entry in (login, logout, register)} == {("127.0.0.1", AGENT)}
    assert login.at - register.at < timedelta(minutes=1)


@pytest.mark.covers("ACC-16")
def test_refused_login_outlives_its_refusal_and_is_masked(client: FlaskClient) -> None:
    user = a_user("asha.rao@example.com")
    log_in(visitor(client), user.email or "", "Wrong-Horse-7")
    log_in(client, "nobody.here@example.com", "Wrong-Horse-7")
    log_in(client, "hunter2!", "Wrong-Horse-7")
    neither, unknown, known = entries(kind=LoginKind.FAILED)
    assert (known.user_id, known.typed) == (user.id, "as***@example.com")
    assert (unknown.user_id, unknown.typed) == (None, "no***@example.com")
    # Something else may be a password in the wrong field.
    assert (neither.user_id, neither.typed) == (None, "")


@pytest.mark.covers("ACC-16")
def test_apps_are_written_down_like_pages(client: FlaskClient) -> None:
    user = a_user()
    held = app_of(client, user.email)
    client.post(LOGOUT, headers=bearer(held["access_token"]), json={"refresh_token": held["refresh_token"]})
    other = app_of(client, user.email)
    client.post(LOGOUT, json={"refresh_token": other["refresh_token"]})
    app_of(client, user.email, password="Wrong-Horse-7")
    third = app_of(client, user.email)
    client.post("/api/v1/auth/logout-all", headers=bearer(third["access_token"]))
    assert kinds(user.id) == ["login", "logout", "login", "logout", "failed", "login", "logout"]


@pytest.mark.covers("ACC-16")
def test_devices_that_are_logged_out_are_written_down_each(client: FlaskClient) -> None:
    user = a_user()
    for _ in range(3):
        app_of(client, user.email)
    log_in(client, user.email or "")
    use_token_of(client)
    client.post("/account/sessions/others/removal")
    client.post("/account/sessions/removal")
    assert kinds(user.id) == ["login"] * 4 + ["logout"] * 4


@pytest.mark.covers("ACC-16")
def test_known_and_unknown_names_cost_the_same_statements(app: Flask) -> None:
    a_user("asha@example.com")
    db.session.commit()
    db.session.remove()
    asked = []
    for name in ("asha@example.com", "nobody@example.com"):
        with pytest.raises(SignInFailed), statements() as seen:
            authenticate(name, "Wrong-Horse-7")
        asked.append([statement for statement in seen if not statement.startswith("PRAGMA")])
    assert asked[0] == asked[1]
    with statements() as seen:
        authenticate("asha@example.com", PASSWORD)
    assert len(seen) < len(asked[0])


@pytest.mark.covers("ACC-16")
def test_flood_from_one_address_fills_few_rows_and_every_try_is_counted(app: Flask) -> None:
    with acting_as(SOMEBODY):
        for number in range(IN_DETAIL + 30):
            with unit_of_work():
                note_failed(f"asha{number}@example.com", None)
    found = entries(kind=LoginKind.FAILED)
    assert len(found) == IN_DETAIL + 1
    assert (found[0].tries, found[0].typed, found[0].user_agent) == (30, "", None)
    assert sum(entry.tries for entry in found) == IN_DETAIL + 30


@pytest.mark.covers("ACC-16")
def test_other_addresses_and_the_next_hour_have_rows_of_their_own(app: Flask) -> None:
    def fail(ip: str) -> None:
        with acting_as(Actor("guest", "Guest", None, ip)), unit_of_work():
            note_failed("asha@example.com", None)

    for _ in range(IN_DETAIL + 2):
        fail("2001:db8::1")
    fail("2001:db8::2")
    assert entries(kind=LoginKind.FAILED)[0].tries == 3
    fail("2001:db8:0:1::1")
    with time_machine.travel(now() + timedelta(hours=1)):
        fail("2001:db8::1")
    assert len(entries(kind=LoginKind.FAILED)) == IN_DETAIL + 3


@shows(LOGIN_LOG_DAYS)
@pytest.mark.covers("ACC-16")
def test_old_rows_go_by_the_clock_when_the_owner_says(app: Flask) -> None:
    user = a_user()
    with time_machine.travel(now() - timedelta(days=100)):
        note(LoginKind.LOGIN, user.id)
    note(LoginKind.LOGIN, user.id)
    forget_old_logins()
    assert db.session.scalar(select(func.count(LoginEntry.id))) == 2
    set_value(LOGIN_LOG_DAYS, 90)
    forget_old_logins()
    assert db.session.scalar(select(func.count(LoginEntry.id))) == 1


@pytest.mark.parametrize(("name", "shown"), [
    ("john@example.com", "jo***@example.com"), ("jo@example.com", "j***@example.com"), ("j@x.in", "j***@x.in"),
    ("0171234678", "0171***678"), ("+919845012345", "+919***345"), ("12345", "1***"), ("", ""),
])  # fmt: skip
def test_names_are_masked(name: str, shown: str) -> None:
    assert masked(name) == shown
