"""A change shows on the next view in every process, however many serve."""

import urllib.request
from collections.abc import Callable

import pytest
from sqlalchemy import select

from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.store.models import StoreProfile
from tests.support.live import LiveShop

pytestmark = pytest.mark.faults
ROUNDS = 20


def views(shop: LiveShop) -> set[bool]:
    """Whether many views, each on a connection of its own, show the announcement."""
    found = set()
    for _ in range(ROUNDS):
        with urllib.request.urlopen(f"{shop.url}/") as answer:
            found.add(b"Closed for Diwali" in answer.read())
    return found


def test_a_change_shows_on_the_next_view_in_every_process(open_live_shop: Callable[..., LiveShop], engine: str) -> None:
    shop = open_live_shop(WEB_WORKERS="1" if engine == "sqlite" else "2")
    assert views(shop) == {False}
    with shop.inside(), unit_of_work():
        db.session.scalars(select(StoreProfile)).one().announcement = "Closed for Diwali"
    assert views(shop) == {True}
    with shop.inside(), unit_of_work():
        db.session.scalars(select(StoreProfile)).one().announcement = None
    assert views(shop) == {False}
