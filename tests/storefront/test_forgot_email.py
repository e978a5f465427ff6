"""Forgot the e-mail: the phone is told it, masked; nobody else learns anything."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.models import UserStatus
from shop.extensions import limiter
from tests.factories import a_user
from tests.notifications.test_texts import files
from tests.storefront.people import body, browser_of
from tests.storefront.test_password_code import events
from tests.support.outbox import run_outbox

PHONE = "+919845012345"


def ask(client: FlaskClient, phone: str) -> Any:
    return browser_of(client).post("/forgot-email", data={"phone": phone})


@pytest.mark.covers("ACC-06")
@pytest.mark.parametrize("typed", [PHONE, "98450 12345"])
def test_phone_is_texted_the_masked_email(client: FlaskClient, typed: str):
    a_user("asha@example.com", phone=PHONE)
    assert ask(client, typed).location == "/forgot-email/sent"
    run_outbox()
    (message,) = files()
    assert "as***@example.com" in message.read_text()
    assert "asha@" not in message.read_text()


@pytest.mark.covers("ACC-06")
def test_known_and_unknown_phone_get_the_same_bytes_and_the_same_work(app: Flask):
    answers = []
    for is_known in (False, True):
        if is_known:
            a_user("asha@example.com", phone=PHONE)
        asked = ask(app.test_client(), PHONE)
        answers.append((asked.status_code, asked.location, body(asked)))
    assert answers[0] == answers[1]
    assert events() == ["EmailReminderAsked", "NobodyAsked"]


@pytest.mark.covers("ACC-06")
def test_account_that_is_closed_or_has_no_email_tells_none(client: FlaskClient):
    a_user("asha@example.com", phone=PHONE, status=UserStatus.BLOCKED)
    user = a_user(phone="+919845054321")
    user.email = None
    assert {ask(client, phone).status_code for phone in (PHONE, "+919845054321")} == {303}
    run_outbox()
    assert ["has no e-mail address" in file.read_text() for file in files()] == [True]


@pytest.mark.parametrize("typed", ["", "asha@example.com", "12345", "+2348012345678", "\0"])
def test_what_is_no_phone_of_this_country_is_refused_and_kept(client: FlaskClient, typed: str):
    answer = ask(client, typed)
    assert (answer.status_code, events()) == (422, [])
    assert typed.strip("\0") in answer.text


@pytest.mark.covers("ACC-06")
def test_asking_is_throttled(make_shop: Callable[..., Flask]):
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    assert [ask(shop.test_client(), PHONE).status_code for _ in range(4)] == [303, 303, 303, 429]
