"""What devices are called, and how often a visit is noted."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from shop.accounts.devices import device_name
from shop.accounts.models import Session
from shop.accounts.services.sessions import SEEN_EVERY
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import a_user, sign_in
from tests.storefront.people import session_id
from tests.support.shops import ShopClient
from tests.support.statements import statements

PIXEL = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/142 Safari/537 Edg/142"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605 Version/18 Safari/605"


@pytest.mark.covers("ACC-03")
@pytest.mark.parametrize(("told", "name"), [
    (PIXEL, "Chrome on Android"), (IPHONE, "Safari on iPhone"), (EDGE, "Edge on Windows"),
    (FIREFOX, "Firefox on Linux"), (SAFARI, "Safari on Mac"), ("okhttp/4.12.0", "okhttp"), ("", "Unknown device"),
    (None, "Unknown device"), ("<script>", "Unknown device"), ("x" * 300, "x" * 40),
])  # fmt: skip
def test_device_has_a_name_people_know(told: str | None, name: str) -> None:
    assert device_name(told) == name


def seen(client: ShopClient) -> Session:
    db.session.rollback()
    return db.session.get_one(Session, session_id(client), populate_existing=True)


def writes(client: ShopClient) -> int:
    """How many statements of a look at the account write a session."""
    with statements() as asked:
        assert client.get("/account").status_code == 200
    return sum("UPDATE session" in one for one in asked)


@pytest.mark.covers("ACC-03")
def test_visit_is_noted_once_in_five_minutes_and_not_with_every_request(app: Flask, client: ShopClient) -> None:
    sign_in(client, a_user())
    assert [writes(client) for _ in range(3)] == [0, 0, 0]
    with time_machine.travel(now() + SEEN_EVERY + timedelta(seconds=1), tick=False):
        assert [writes(client) for _ in range(3)] == [1, 0, 0]
        assert seen(client).last_seen_at == now()


@pytest.mark.covers("ACC-03")
def test_visit_is_noted_with_the_address_it_comes_from(app: Flask, client: ShopClient) -> None:
    sign_in(client, a_user())
    client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    with time_machine.travel(now() + timedelta(hours=1)):
        client.get("/account")
        assert seen(client).ip == "203.0.113.9"
