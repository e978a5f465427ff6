"""The clock ends a sale while the owner sets another price: the owner's stays, whoever comes first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from shop.catalog.models import Product, SaleSchedule, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising import services as merchandising
from shop.merchandising.sales import clock
from shop.merchandising.sales.errors import Overlapping
from shop.merchandising.sales.services import Sale, schedule_sale
from shop.operations.audit import audit
from tests.factories import a_variant
from tests.support.barrier import all_at_once

ROUNDS = 20
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.faults


def a_running_sale() -> int:
    """The id of a variant on sale at ₹999 for an hour."""
    variant = a_variant(price=149900)
    variant_id = variant.id
    schedule_sale(variant.product_id, Sale([variant_id], Money(99900), ends_at=now() + HOUR))
    db.session.commit()
    return variant_id


def turn_without_looking_again() -> None:
    """The control: what is due is read first, and ended without holding the product."""
    with unit_of_work(read_only=True):
        due = db.session.scalars(select(SaleSchedule.variant_id).where(SaleSchedule.ended_at.is_(None))).all()
    for variant_id in due:
        with unit_of_work():
            db.session.get_one(Variant, variant_id).sale_price = None


def is_hand_lost(app: Flask, turn: Callable[[], None]) -> bool:
    """Whether the price that the owner set was ever gone in the end."""
    for _round in range(ROUNDS):
        variant_id = a_running_sale()

        def act(number: int, variant_id: int = variant_id) -> None:
            if number == 0:
                turn()
                return
            with unit_of_work():
                merchandising.set_sale_price(variant_id, Money(89900))

        with time_machine.travel(now() + 2 * HOUR):
            told = all_at_once(app, act, 2)
        assert told == [None, None]
        db.session.rollback()
        if db.session.get_one(Variant, variant_id).sale_price != Money(89900):
            return True
    return False


@pytest.mark.covers("CAT-04")
def test_the_clock_never_takes_away_a_price_set_by_hand(app: Flask) -> None:
    assert not is_hand_lost(app, clock.turn_sales)
    assert audit() == []


@pytest.mark.control
def test_control_a_clock_that_does_not_look_again_loses_it(app: Flask) -> None:
    assert is_hand_lost(app, turn_without_looking_again)


def overlapping_sales(app: Flask) -> int:
    """How many of several who plan for the same variant and time are let through, at the most."""
    most = 0
    for _round in range(ROUNDS // 4):
        variant = a_variant(price=149900)
        variant_id, product_id = variant.id, variant.product_id
        db.session.commit()

        def plan(_number: int, variant_id: int = variant_id, product_id: int = product_id) -> None:
            with unit_of_work():
                schedule_sale(product_id, Sale([variant_id], Money(99900), now() + HOUR))

        told = all_at_once(app, plan, 4)
        assert all(one is None or isinstance(one, Overlapping) for one in told), told
        db.session.rollback()
        planned = select(func.count()).where(SaleSchedule.variant_id == variant_id)
        most = max(most, db.session.scalar(planned) or 0)
    return most


@pytest.mark.covers("CAT-04")
def test_of_several_who_plan_for_the_same_time_one_does(app: Flask) -> None:
    assert overlapping_sales(app) == 1


def unheld_product(product_id: int) -> Product:
    return db.session.get_one(Product, product_id)


@pytest.mark.control
def test_control_planning_without_holding_the_product_overlaps(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite one writes at a time, whatever is held; there the look at what is planned is taken away."""
    if db.engine.dialect.name == "sqlite":
        monkeypatch.setattr("shop.merchandising.sales.services._check_free", lambda *_args: None)
    else:
        monkeypatch.setattr("shop.merchandising.sales.services.lock_product", unheld_product)
    assert overlapping_sales(app) > 1
