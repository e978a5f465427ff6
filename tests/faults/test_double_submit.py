"""A double click, a retry, two windows: one key makes one order."""

import secrets

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.visitor import Visitor
from shop.checkout.services import place_order, placing
from shop.extensions import db
from shop.lib import idempotency
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from tests.checkout.buying import a_ready_buyer, total_of
from tests.factories import a_variant
from tests.support.barrier import all_at_once

CLICKS = 20
pytestmark = pytest.mark.faults


def click_all(app: Flask, buyer: Visitor, seen: int) -> list[object]:
    """Every click places the order with the same key; what each was told."""

    def click(_number: int) -> int:
        with unit_of_work():
            return place_order(buyer, "one-key", seen).id

    return list(all_at_once(app, click, CLICKS))


def orders() -> int:
    return db.session.scalar(select(func.count(Order.id))) or 0


@pytest.mark.covers("ORD-01")
def test_twenty_clicks_with_one_key_make_one_order_and_all_see_it(app: Flask) -> None:
    buyer = a_ready_buyer(a_variant(units=50))
    told = click_all(app, buyer, total_of(buyer))
    assert len(set(map(str, told))) == 1, told
    assert orders() == 1
    assert audit() == []


def test_control_without_the_key_and_the_emptied_bag_a_double_click_buys_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = idempotency.claim
    monkeypatch.setattr(idempotency, "claim", lambda scope, key, request: real(scope, secrets.token_hex(8), request))
    monkeypatch.setattr(placing, "_clear", lambda cart: None)
    buyer = a_ready_buyer(a_variant(units=50))
    click_all(app, buyer, total_of(buyer))
    assert orders() > 1
