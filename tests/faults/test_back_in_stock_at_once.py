"""Clicks, clocks and restocks at once: everybody who waits is told exactly once."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work
from shop.stock import services
from shop.stock.events import CameBack
from shop.stock.models import BackInStock
from tests.factories import a_variant
from tests.faults.test_stock_at_once import kinds
from tests.support.barrier import all_at_once

PEOPLE, WAITING, ROUNDS = 12, 8, 20
pytestmark = pytest.mark.faults


def a_size_waited_for() -> int:
    id = a_variant(units=0).id
    for number in range(WAITING):
        services.wait_for(id, email=f"guest{number}@example.com")
    db.session.commit()
    return id


def mails_owed() -> Counter[int]:
    """How often each wish is owed its mail, read in a unit of its own: one left open would hold up the next round."""
    db.session.rollback()
    owed = select(OutboxEvent.subject_id).where(OutboxEvent.event == "CameBack")
    with unit_of_work(read_only=True):
        return Counter(id for id in db.session.scalars(owed) if id)


@pytest.mark.covers("INV-05", "NOT-01")
def test_restocks_and_clocks_at_once_owe_each_who_waits_one_mail(app: Flask) -> None:
    variant_id = a_size_waited_for()

    def restock_or_look(number: int) -> None:
        with unit_of_work():
            if number < 2:
                services.adjust(variant_id, by_units=1, actor=SYSTEM)
            else:
                services.tell_who_waits()

    assert set(kinds(list(all_at_once(app, restock_or_look, PEOPLE)))) == {"NoneType"}
    with unit_of_work():
        services.tell_who_waits()
    assert sorted(mails_owed().values()) == [1] * WAITING


def test_control_a_clock_that_tells_whom_it_saw_waiting_tells_some_twice(app: Flask) -> None:
    ids = [a_size_waited_for() for _ in range(ROUNDS)]
    for id in ids:
        services.adjust(id, by_units=1, actor=SYSTEM)
    db.session.commit()

    def look_then_tell(variant_id: int) -> None:
        waiting = select(BackInStock.id).where(BackInStock.told_at.is_(None), BackInStock.variant_id == variant_id)
        with unit_of_work(read_only=True):
            found = db.session.scalars(waiting).all()
        with unit_of_work():
            for waiting_id in found:
                emit(CameBack(waiting_id))
            db.session.execute(update(BackInStock).where(BackInStock.id.in_(found)).values(told_at=now()))

    for variant_id in ids:
        all_at_once(app, lambda _number, id=variant_id: look_then_tell(id), PEOPLE)
        if max(mails_owed().values()) > 1:
            return
    pytest.fail("everybody was told once")


@pytest.mark.covers("INV-05")
def test_one_click_that_arrives_many_times_at_once_waits_once(app: Flask) -> None:
    variant_id = a_variant(units=0).id
    db.session.commit()

    def click(_number: int) -> None:
        with unit_of_work():
            services.wait_for(variant_id, email="guest@example.com")

    assert set(kinds(list(all_at_once(app, click, PEOPLE)))) == {"NoneType"}
    assert db.session.scalar(select(func.count(BackInStock.id))) == 1
