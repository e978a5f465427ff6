"""A flood of logins: at most two passwords are hashed at a time in a process, and whoever floods is stopped."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.accounts.services import passwords
from shop.extensions import limiter
from tests.factories import PASSWORD, a_user
from tests.storefront.people import log_in
from tests.support.barrier import all_at_once

AT_ONCE = 12
WRONG = "Wrong-Horse-7"
pytestmark = [pytest.mark.faults, pytest.mark.covers("ACC-02")]


class Watched:
    """The hasher, with a count of those who hash at the same moment."""

    def __init__(self, hasher: Any) -> None:
        self.hasher, self.lock, self.now, self.most = hasher, threading.Lock(), 0, 0

    def verify(self, *args: str) -> bool:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            time.sleep(0.02)
            return bool(self.hasher.verify(*args))
        finally:
            with self.lock:
                self.now -= 1

    def hash(self, password: str) -> str:
        return str(self.hasher.hash(password))

    def check_needs_rehash(self, password_hash: str) -> bool:
        return bool(self.hasher.check_needs_rehash(password_hash))


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    hasher = Watched(passwords.HASHER)
    monkeypatch.setattr(passwords, "HASHER", hasher)
    return hasher


@pytest.fixture
def throttled(make_shop: Callable[..., Flask]) -> Iterator[Flask]:
    shop = make_shop(rate_limits=True)
    with shop.app_context():
        limiter.reset()
    yield shop
    limiter.enabled = False


def flood(app: Flask) -> None:
    all_at_once(app, lambda number: passwords.is_right(f"guess {number}", None), AT_ONCE)


@pytest.mark.one_engine
def test_at_most_two_passwords_are_hashed_at_a_time(app: Flask, watched: Watched) -> None:
    flood(app)
    assert watched.most == 2


@pytest.mark.control
@pytest.mark.one_engine
def test_without_the_limit_as_many_would_be_hashed_as_come(
    app: Flask, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "AT_ONCE", threading.BoundedSemaphore(AT_ONCE))
    flood(app)
    assert watched.most > 2


def test_who_floods_is_stopped_before_hashing_and_others_log_in(throttled: Flask, watched: Watched) -> None:
    def come(address: str, name: str, password: str = WRONG) -> int:
        client: FlaskClient = throttled.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        status: int = log_in(client, name, password).status_code
        return status

    told = [come("198.51.100.1", f"nobody{number}@example.com") for number in range(40)]
    assert told == [422] * 30 + [429] * 10
    hashed, watched.most = watched.most, 0
    assert come("198.51.100.1", "nobody@example.com") == 429
    assert (hashed, watched.most) == (1, 0)
    assert come("198.51.100.2", a_user().email or "", PASSWORD) == 303
