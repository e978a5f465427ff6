"""Where a visitor comes from: what X-Forwarded-For says counts only for the proxies the operator named."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.models import Session
from shop.extensions import db, limiter
from tests.factories import a_user
from tests.storefront.people import log_in

pytestmark = pytest.mark.covers("ACC-02")
PROXY = "10.0.0.1"


@pytest.fixture
def behind(make_shop: Callable[..., Flask]) -> Iterator[Callable[[int], Flask]]:
    """The shop behind so many proxies, with its limits on."""

    def shop_behind(hops: int) -> Flask:
        shop = make_shop(rate_limits=True, proxy_hops=hops)
        with shop.app_context():
            limiter.reset()
        return shop

    yield shop_behind
    limiter.enabled = False


def statuses(shop: Flask, forwarded: str) -> set[int]:
    """What 31 wrong logins come to, each with another number in its header; one network may try thirty times."""
    return {try_from(shop, forwarded.format(number=number), f"nobody{number}@example.com") for number in range(31)}


def try_from(shop: Flask, forwarded: str, name: str) -> int:
    client = shop.test_client()
    client.environ_base |= {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": forwarded}
    status: int = log_in(client, name, "Wrong-Horse-7").status_code
    return status


@pytest.mark.parametrize(
    ("hops", "forwarded"),
    [(0, "198.51.100.{number}"), (1, "198.51.100.{number}, 203.0.113.7"),
     (2, "198.51.100.{number}, 203.0.113.7, 10.0.0.2")],
)  # fmt: skip
def test_made_up_header_does_not_get_round_the_limit(behind: Callable[[int], Flask], hops: int, forwarded: str) -> None:
    assert statuses(behind(hops), forwarded) == {422, 429}


def test_shop_that_trusts_one_proxy_too_many_would_be_got_round(behind: Callable[[int], Flask]) -> None:
    """The control: one proxy stands there, the shop believes in two."""
    assert statuses(behind(2), "198.51.100.{number}, 203.0.113.7") == {422}


def test_visitors_behind_one_proxy_are_told_apart(behind: Callable[[int], Flask]) -> None:
    shop = behind(1)
    assert statuses(shop, "203.0.113.7") == {422, 429}
    assert try_from(shop, "203.0.113.8", "nobody@example.com") == 422


@pytest.mark.parametrize(("hops", "expected"), [(0, PROXY), (1, "203.0.113.7"), (2, "198.51.100.9"), (3, PROXY)])
def test_session_keeps_the_address_the_nearest_proxies_saw(
    behind: Callable[[int], Flask], hops: int, expected: str
) -> None:
    client = behind(hops).test_client()
    client.environ_base |= {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "198.51.100.9, 203.0.113.7"}
    log_in(client, a_user().email or "")
    assert db.session.scalars(select(Session.ip)).one() == expected
