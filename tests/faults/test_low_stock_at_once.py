"""Sales that cross the reorder point at once, and clocks that look at once: the owner is told once."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from shop.extensions import db
from shop.lib.events import emit
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import stock as books
from shop.stock import services
from shop.stock.events import LowStockFound
from shop.stock.models import StockAlert, StockLevel
from shop.stock.queries.desk import IS_LOW
from tests.factories import a_user, a_variant
from tests.faults.test_stock_at_once import kinds
from tests.support.barrier import all_at_once

PEOPLE, ROUNDS = 12, 20
pytestmark = pytest.mark.faults


def owed() -> int:
    db.session.rollback()
    count = db.session.scalar(select(func.count(OutboxEvent.id)).where(OutboxEvent.event == "LowStockFound"))
    db.session.rollback()
    return count or 0


@pytest.mark.covers("INV-04", "NOT-01")
def test_sales_that_cross_at_once_while_many_clocks_look_send_one_mail(app: Flask) -> None:
    a_user(role="owner")
    variant_id = a_variant(units=7).id
    db.session.commit()

    def buy_or_look(number: int) -> None:
        with unit_of_work():
            if number < 2:
                services.hold(number + 1, {variant_id: 1})
            else:
                services.tell_of_low_stock()

    assert set(kinds(list(all_at_once(app, buy_or_look, PEOPLE)))) == {"NoneType"}
    with unit_of_work():
        services.tell_of_low_stock()
    assert owed() == 1
    assert db.session.scalars(select(StockLevel.alert_id)).all() == db.session.scalars(select(StockAlert.id)).all()
    assert books.reserved_that_differs_from_holds() == books.levels_that_differ_from_ledger() == []


@pytest.mark.covers("INV-04")
def test_many_clocks_at_once_tell_of_many_sizes_in_one_mail(app: Flask) -> None:
    a_user(role="owner")
    for _ in range(5):
        a_variant(units=1)
    db.session.commit()

    def look(_number: int) -> None:
        with unit_of_work():
            services.tell_of_low_stock()

    assert set(kinds(list(all_at_once(app, look, PEOPLE)))) == {"NoneType"}
    assert owed() == 1
    assert len(set(db.session.scalars(select(StockLevel.alert_id)))) == 1


@pytest.mark.control
def test_control_a_clock_that_marks_whatever_it_saw_mails_more_than_once(app: Flask) -> None:
    a_user(role="owner")
    ids = [a_variant(units=1).id for _ in range(ROUNDS)]
    db.session.commit()

    def look_then_mark(variant_id: int) -> None:
        low = select(StockLevel.variant_id).where(IS_LOW, StockLevel.alert_id.is_(None))
        with unit_of_work(read_only=True):
            found = db.session.scalars(low.where(StockLevel.variant_id == variant_id)).all()
        with unit_of_work():
            if found:
                db.session.add(alert := StockAlert())
                db.session.flush()
                db.session.execute(update(StockLevel).where(StockLevel.variant_id.in_(found)).values(alert_id=alert.id))
                emit(LowStockFound(alert.id))

    for number, variant_id in enumerate(ids, start=1):
        all_at_once(app, lambda _number, id=variant_id: look_then_mark(id), PEOPLE)
        if owed() > number:
            return
    pytest.fail("every size was told of once")
