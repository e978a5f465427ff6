"""Forgotten and changed passwords."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.accounts.models import PasswordReset, UserStatus
from shop.accounts.services.login_links import make_login_link
from shop.accounts.services.resets import make_reset
from shop.extensions import db, limiter
from shop.lib.clock import now
from shop.lib.models import OutboxEvent
from tests.checkout.buying import an_order
from tests.factories import PASSWORD, a_user
from tests.storefront.people import NEW_PASSWORD, body, browser_of, fresh, is_live, log_in, session_id, signed_in

CHANGE = {"current_password": PASSWORD, "password": NEW_PASSWORD, "password_again": NEW_PASSWORD}


def ask(client: FlaskClient, email: str):
    return browser_of(client).post("/password/forgot", data={"identifier": email, "way": "link"})


def use(client: FlaskClient, token: str, password: str = NEW_PASSWORD, again: str | None = None):
    form = {"token": token, "password": password, "password_again": again or password}
    return browser_of(client).post("/password/reset", data=form)


def owed(event: str) -> list[int]:
    db.session.rollback()
    return [row.payload["user_id"] for row in db.session.scalars(select(OutboxEvent).where(OutboxEvent.event == event))]


@pytest.mark.covers("ACC-05")
def test_known_and_unknown_address_get_the_same_bytes_and_the_same_work(app: Flask):
    user = a_user("asha@example.com")
    known = ask(app.test_client(), "asha@example.com")
    unknown = ask(app.test_client(), "nobody@example.com")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location) == (303, "/password/sent")
    assert body(known) == body(unknown)
    assert set(owed("PasswordResetRequested")) == {user.id}
    assert len(owed("NobodyAsked")) == 1


@pytest.mark.covers("ACC-05")
def test_asking_works_with_the_limits_on_and_the_fourth_time_is_too_often(make_shop: Callable[..., Flask]):
    user, shop = a_user("asha@example.com"), make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    answers = [ask(shop.test_client(), " Asha@example.com").status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    assert owed("PasswordResetRequested") == [user.id] * 3


@pytest.mark.covers("ACC-05")
def test_page_a_mailed_link_opens_is_kept_by_nobody(client: FlaskClient):
    user = a_user()
    token, login_token = make_reset(user.id), make_login_link(user.id)
    db.session.commit()
    for path in (f"/password/reset?token={token}", f"/login/link?token={login_token}"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.covers("ACC-05")
def test_closed_account_gets_no_link(client: FlaskClient):
    a_user("asha@example.com", status=UserStatus.BLOCKED)
    assert ask(client, "asha@example.com").location == "/password/sent"
    assert owed("PasswordResetRequested") == []


@pytest.mark.parametrize("email", ["", "no-address", "\0", "9" * 300])
def test_what_is_no_address_is_refused_with_a_message(client: FlaskClient, email: str):
    assert ask(client, email).status_code == 422


@pytest.mark.covers("ACC-05")
def test_secret_of_a_link_is_nowhere_in_the_database(app: Flask):
    token = make_reset(a_user().id)
    kept = db.session.scalars(select(PasswordReset.token_hash)).one()
    assert token not in kept
    assert len(kept) == 64


@pytest.mark.covers("ACC-05")
def test_link_opens_a_page_that_changes_nothing_and_its_button_sets_the_password(client: FlaskClient):
    user = a_user("asha@example.com")
    token = make_reset(user.id)
    for _ in range(2):
        assert client.get(f"/password/reset?token={token}").status_code == 200
    assert use(client, token).location == "/login"
    assert log_in(client, "asha@example.com", PASSWORD).status_code == 422
    assert log_in(client, "asha@example.com", NEW_PASSWORD).status_code == 303


@pytest.mark.covers("ACC-05")
def test_reset_ends_every_session_and_tells(app: Flask):
    laptop = app.test_client()
    user = signed_in(laptop)
    use(app.test_client(), make_reset(user.id))
    assert not is_live(session_id(laptop))
    assert set(owed("PasswordChanged")) == {user.id}


@pytest.mark.covers("ACC-05")
def test_link_works_once(client: FlaskClient):
    token = make_reset(a_user().id)
    use(client, token)
    again = use(client, token, "Other-Button-9")
    assert (again.status_code, client.get(f"/password/reset?token={token}").status_code) == (410, 410)


@pytest.mark.covers("ACC-05")
def test_link_dies_after_five_minutes(client: FlaskClient):
    token = make_reset(a_user().id)
    db.session.commit()
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1)):
        assert use(client, token).status_code == 410


@pytest.mark.covers("ACC-05")
def test_newer_link_kills_the_older(client: FlaskClient):
    user = a_user()
    older, newer = make_reset(user.id), make_reset(user.id)
    assert use(client, older).status_code == 410
    assert use(client, newer).status_code == 303


@pytest.mark.covers("ACC-05")
def test_weak_new_password_is_refused_and_the_link_stays(client: FlaskClient):
    token = make_reset(a_user().id)
    assert use(client, token, "weak").status_code == 422
    assert use(client, token, NEW_PASSWORD, "Other-Button-9").status_code == 422
    assert use(client, token).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "\0", "☃" * 50, "a" * 5000])
def test_made_up_link_is_expired(client: FlaskClient, token: str):
    assert client.get("/password/reset", query_string={"token": token}).status_code == 410
    assert use(client, token).status_code == 410


@pytest.mark.covers("ORD-02")
def test_mailed_link_proves_the_address_and_claims_its_guest_orders(client: FlaskClient):
    order = an_order()
    user = a_user(order.email)
    use(client, make_reset(user.id))
    db.session.rollback()
    db.session.refresh(order)
    assert order.user_id == user.id
    assert fresh(user.id).email_verified_at


@pytest.mark.covers("ACC-04")
def test_changed_password_ends_all_other_sessions_and_renews_this_one(app: Flask):
    here, elsewhere = app.test_client(), app.test_client()
    user = signed_in(here)
    signed_in(elsewhere, user)
    before = session_id(here)
    assert here.post("/account/password", data=CHANGE).status_code == 303
    assert session_id(here) != before
    assert not is_live(before)
    assert not is_live(session_id(elsewhere))
    assert here.get("/account").status_code == 200
    assert log_in(app.test_client(), user.email, NEW_PASSWORD).status_code == 303


@pytest.mark.covers("ACC-04")
@pytest.mark.parametrize(
    "changes",
    [{"current_password": "Wrong-Horse-7"}, {"current_password": ""}, {"password": "weak", "password_again": "weak"},
     {"password_again": "Other-Button-9"}, {"password": PASSWORD, "password_again": PASSWORD}],
)  # fmt: skip
def test_password_is_not_changed_when_something_does_not_fit(client: FlaskClient, changes: dict[str, str]):
    user = signed_in(client)
    before = user.password_hash
    assert client.post("/account/password", data=CHANGE | changes).status_code == 422
    assert fresh(user.id).password_hash == before
    assert client.get("/account").status_code == 200


def test_changing_the_password_needs_a_login(client: FlaskClient):
    assert browser_of(client).post("/account/password", data=CHANGE).location.startswith("/login")
    assert db.session.scalar(select(func.count(PasswordReset.id))) == 0
