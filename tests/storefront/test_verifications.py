"""E-mail and phone are proven: by a mailed link whose page has a button, and by a code."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import EmailVerification, User, UserStatus
from shop.accounts.services import verifications
from shop.accounts.services.codes import Purpose
from shop.extensions import db, limiter
from shop.lib.clock import now
from tests.checkout.buying import an_order
from tests.factories import PASSWORD, a_user
from tests.notifications.letterbox import mail, mails, text
from tests.notifications.test_account_mails import token_in
from tests.notifications.test_texts import code_in, files
from tests.storefront.people import NEW_PASSWORD, browser_of, fresh, signed_in, use_token_of
from tests.storefront.test_password_code import a_code, wrong
from tests.support.outbox import run_outbox

ASHA, PHONE = "asha@example.com", "+919845012345"


def a_link(user: User) -> str:
    token = verifications.make_link(user.id)
    assert token
    return token


def confirm(client: FlaskClient, token: str):
    return browser_of(client).post("/verify/email", data={"token": token})


@pytest.mark.covers("ACC-07", "ACC-01")
def test_new_customer_is_mailed_a_link_whose_page_confirms_by_its_button(client: FlaskClient):
    form = {"first_name": "Asha", "email": ASHA, "password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
    browser_of(client).post("/register", data=form)
    assert "Please confirm asha@example.com" in client.get("/account").text
    run_outbox()
    token = token_in(text(mail("email_verification")))
    user_id = db.session.scalars(select(User.id)).one()
    for _ in range(2):
        assert "Yes, confirm it" in app_page(client, token)
    assert fresh(user_id).email_verified_at is None
    use_token_of(client)
    assert confirm(client, token).location == "/account/profile"
    assert fresh(user_id).email_verified_at
    assert "Please confirm" not in client.get("/account").text


def app_page(client: FlaskClient, token: str) -> str:
    answer = client.get("/verify/email", query_string={"token": token})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.covers("ACC-07")
def test_link_works_once_for_a_day_and_only_the_newest(client: FlaskClient):
    user = signed_in(client, a_user(ASHA))
    older, newer = a_link(user), a_link(user)
    assert confirm(client, older).status_code == 410
    with time_machine.travel(now() + timedelta(hours=24, seconds=1)):
        signed_in(client, user)
        assert confirm(client, newer).status_code == 410
    signed_in(client, user)
    assert confirm(client, newer).status_code == 303
    assert (confirm(client, newer).status_code, client.get(f"/verify/email?token={newer}").status_code) == (410, 410)


@pytest.mark.covers("ACC-07")
def test_link_proves_only_the_address_it_was_mailed_to(client: FlaskClient):
    user = signed_in(client, a_user(ASHA))
    token = a_link(user)
    profile = {"first_name": "Asha", "email": "new@example.com", "current_password": PASSWORD}
    assert client.post("/account/profile", data=profile).status_code == 303
    assert confirm(client, token).status_code == 410
    assert fresh(user.id).email_verified_at is None
    run_outbox()
    assert [message["To"] for message in mails("email_verification")] == ["new@example.com"]


@pytest.mark.covers("ACC-07")
def test_closed_account_is_not_confirmed(client: FlaskClient):
    user = signed_in(client, a_user(ASHA))
    token = a_link(user)
    user.status = UserStatus.BLOCKED
    db.session.commit()
    assert confirm(client, token).location.startswith("/login")
    assert fresh(user.id).email_verified_at is None


@pytest.mark.parametrize("token", ["", "x", "\0", "☃" * 50, "a" * 5000])
def test_made_up_link_is_expired(client: FlaskClient, token: str):
    signed_in(client, a_user(ASHA))
    assert client.get("/verify/email", query_string={"token": token}).status_code == 410
    assert confirm(client, token).status_code == 410


@pytest.mark.covers("ACC-07")
def test_secret_of_a_link_is_nowhere_in_the_database(app: Flask):
    token = a_link(a_user(ASHA))
    assert token not in db.session.scalars(select(EmailVerification.token_hash)).one()


@pytest.mark.covers("ACC-07", "ORD-02")
def test_confirmed_email_claims_its_guest_orders(client: FlaskClient):
    order = an_order()
    user = signed_in(client, a_user(order.email))
    confirm(client, a_link(user))
    db.session.refresh(order)
    assert order.user_id == user.id


@pytest.mark.covers("ACC-07", "ORD-02")
def test_account_a_stranger_opened_with_somebodys_address_is_not_confirmed_by_its_owner(client: FlaskClient):
    order, shop = an_order(), client.application
    stranger = a_user(order.email)
    token = a_link(stranger)
    assert confirm(shop.test_client(), token).location.startswith("/login")
    owner = shop.test_client()
    signed_in(owner)
    assert (confirm(owner, token).status_code, owner.get(f"/verify/email?token={token}").status_code) == (410, 410)
    db.session.refresh(order)
    assert (fresh(stranger.id).email_verified_at, order.user_id) == (None, None)
    # Whoever has the mailbox and the account: the same link works.
    signed_in(client, fresh(stranger.id))
    assert confirm(client, token).status_code == 303
    assert fresh(stranger.id).email_verified_at


@pytest.mark.covers("ACC-07")
def test_link_is_mailed_again_when_asked_for_and_never_shown(client: FlaskClient):
    signed_in(client, a_user(ASHA))
    answer = client.post("/account/verifications/email")
    assert answer.location == "/account/profile"
    run_outbox()
    token = token_in(text(mail("email_verification")))
    assert token not in answer.text + client.get("/account/profile").text


@pytest.mark.covers("ACC-07")
def test_nothing_is_sent_where_nothing_is_left_to_confirm(client: FlaskClient):
    signed_in(client, a_user(ASHA, email_verified_at=now()))
    assert client.post("/account/verifications/email").status_code == 303
    assert client.post("/account/verifications/phone").status_code == 303
    assert client.get("/account/verifications/phone").location == "/account/profile"
    run_outbox()
    assert (mails(), files()) == ([], [])


@pytest.mark.covers("ACC-07")
def test_page_says_that_another_code_was_sent(client: FlaskClient):
    signed_in(client, a_user(ASHA, phone=PHONE))
    said, place = "Another code was sent to +91 98450 12345.", "/account/verifications/phone"
    first = client.get(client.post(place).location).text
    assert (said in first, 'name="again"' in first) == (False, True)
    assert said in client.get(client.post(place, data={"again": "1"}).location).text


@pytest.mark.covers("ACC-07")
def test_phone_is_confirmed_by_the_code_that_came_to_it(client: FlaskClient):
    user_id = signed_in(client, a_user(ASHA, phone=PHONE)).id
    assert "Confirm +91 98450 12345" in client.get("/account/profile").text
    assert client.post("/account/verifications/phone").location == "/account/verifications/phone"
    assert client.get("/account/verifications/phone").status_code == 200
    run_outbox()
    code = code_in(files()[0].read_text())
    assert client.post("/account/verifications/phone/code", data={"code": wrong(code)}).status_code == 422
    assert client.post("/account/verifications/phone/code", data={"code": code}).location == "/account/profile"
    assert fresh(user_id).phone_verified_at
    run_outbox()
    assert mail("phone_verified")["To"] == ASHA
    assert "Confirmed: +91 98450 12345 on" in client.get("/account/profile").text
    assert "Confirm +91" not in client.get("/account/profile").text


@pytest.mark.covers("ACC-07")
def test_five_wrong_codes_end_it_for_the_phone_too(client: FlaskClient):
    code = a_code(signed_in(client, a_user(ASHA, phone=PHONE)).id, PHONE, Purpose.PHONE)
    tried = [client.post("/account/verifications/phone/code", data={"code": wrong(code)}).status_code for _ in range(5)]
    assert tried == [422] * 5
    assert client.post("/account/verifications/phone/code", data={"code": code}).status_code == 422


@pytest.mark.covers("ACC-07")
def test_changed_phone_is_not_confirmed_and_its_old_code_dead(client: FlaskClient):
    user = signed_in(client, a_user(ASHA, phone=PHONE, phone_verified_at=now()))
    profile = {"first_name": "Asha", "email": ASHA, "phone": "98450 54321", "current_password": PASSWORD}
    assert client.post("/account/profile", data=profile).status_code == 303
    assert (fresh(user.id).phone, fresh(user.id).phone_verified_at) == ("+919845054321", None)
    code = a_code(user.id, PHONE, Purpose.PHONE)
    assert client.post("/account/verifications/phone/code", data={"code": code}).status_code == 422


@pytest.mark.covers("ACC-07")
def test_code_of_another_person_confirms_nothing(client: FlaskClient):
    signed_in(client, a_user(ASHA, phone=PHONE))
    foreign = a_code(a_user(phone="+919845054321").id, "+919845054321", Purpose.PHONE)
    assert client.post("/account/verifications/phone/code", data={"code": foreign}).status_code == 422


@pytest.mark.covers("ACC-07")
def test_sending_is_throttled(make_shop: Callable[..., Flask]):
    shop = make_shop(rate_limits=True)
    client = shop.test_client()
    signed_in(client, a_user(ASHA, phone=PHONE))
    with shop.app_context():
        limiter.reset()
    paths = ["/account/verifications/phone", "/account/verifications/email"] * 3
    assert [client.post(path).status_code for path in paths] == [303] * 5 + [429]


@pytest.mark.parametrize("path", ["email", "phone", "phone/code"])
def test_strangers_are_asked_to_log_in(client: FlaskClient, path: str):
    assert browser_of(client).post(f"/account/verifications/{path}").location.startswith("/login")
