"""The owner chooses another country while the first order is placed: one comes first, and the other sees it."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.visitor import Visitor
from shop.checkout.services import place_order
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.store import trading
from shop.store.countries import country_of
from shop.store.models import StoreProfile
from shop.store.queries import active_profile
from shop.store.services import ensure_postal_directory, move_to
from tests.checkout.buying import a_ready_buyer, total_of
from tests.support.barrier import all_at_once

pytestmark = pytest.mark.faults


def buy(buyer: Visitor, seen: int) -> str:
    with unit_of_work():
        place_order(buyer, "key-of-this-page", seen)
    return "ordered"


def move(code: str) -> str:
    with unit_of_work():
        move_to(db.session.scalars(active_profile()).one(), code)
    return "moved"


def round_of(app: Flask, code: str) -> tuple[list[Any], str, list[str]]:
    """Both at the same moment: what they answered, the store's country after it, and those of the orders."""
    buyer = a_ready_buyer()
    seen = total_of(buyer)
    answers = all_at_once(app, lambda number: move(code) if number else buy(buyer, seen), 2)
    db.session.rollback()
    country = db.session.scalars(select(StoreProfile.country)).one()
    return answers, country, [order.address["country"] for order in db.session.scalars(select(Order))]


@pytest.fixture
def shop(app: Flask) -> Flask:
    """A shop that never sold anything, with both directories, so that a move takes no longer than an order."""
    ensure_postal_directory(country_of("BD"))
    db.session.commit()
    return app


@pytest.mark.covers("STO-02")
def test_an_order_and_another_country_never_both_happen(shop: Flask) -> None:
    answers, country, ordered = round_of(shop, "BD")
    assert len([answer for answer in answers if isinstance(answer, ShopError)]) == 1, answers
    assert ordered == (["IN"] if "ordered" in answers else [])
    assert country == ("IN" if "ordered" in answers else "BD")


@pytest.mark.control
def test_with_a_look_at_the_orders_instead_of_the_row_both_would_happen(
    shop: Flask, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: orders note nothing, and the owner's change only looks whether there are any."""
    if engine == "sqlite":
        pytest.skip("writers wait for each other at the door of this database")
    looked, ordered = threading.Event(), threading.Event()

    def look() -> None:
        looked.set()
        if db.session.scalar(select(func.count(Order.id))):
            raise trading.CountryFixed
        ordered.wait(timeout=5)

    monkeypatch.setattr(trading, "begin", lambda: None)
    monkeypatch.setattr(trading, "allow_change", look)
    buyer = a_ready_buyer()
    seen = total_of(buyer)
    work = (lambda: _after(looked, buyer, seen, ordered), lambda: move("BD"))
    answers = all_at_once(shop, lambda number: work[number](), 2)
    db.session.rollback()
    assert (answers, db.session.scalars(select(StoreProfile.country)).one()) == (["ordered", "moved"], "BD")


def _after(looked: threading.Event, buyer: Visitor, seen: int, ordered: threading.Event) -> str:
    """Order while the owner has looked and not written yet."""
    looked.wait(timeout=5)
    try:
        return buy(buyer, seen)
    finally:
        ordered.set()
