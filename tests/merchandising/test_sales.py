"""Sales that have a time: planned by the owner, begun and ended by the clock, ended by whoever changes the price."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.catalog.models import ListingRow, SaleSchedule, Variant
from shop.checkout.errors import PriceChanged
from shop.extensions import db
from shop.lib import stamp
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising import services as merchandising
from shop.merchandising.errors import PriceRefused
from shop.merchandising.sales.clock import turn_sales
from shop.merchandising.sales.errors import BadTimes, NothingChosen, Overlapping
from shop.merchandising.sales.prices import PercentOff, SalePrice, changed_by
from shop.merchandising.sales.services import Sale, cancel_sales, schedule_sale
from shop.operations.audit import audit
from shop.operations.log.undo import undo, undo_save
from tests.checkout.buying import a_ready_buyer, order_by, total_of
from tests.factories import a_product, a_variant
from tests.operations.test_undo import one_request

ALL = frozenset(Permission)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    """So much later, after the clock has run."""
    db.session.commit()
    with time_machine.travel(now() + by):
        turn_sales()
        yield


def on_sale(
    variant: Variant, price: SalePrice = Money(99900), begin: timedelta = HOUR, end: timedelta | None = DAY
) -> int:
    """The id of a sale of a variant that is planned."""
    with unit_of_work():
        times = now() + begin, (now() + end if end else None)
        found = schedule_sale(variant.product_id, Sale([variant.id], price, *times))[0]
        db.session.flush()
        return found.id


def a_planned_variant(**sale: object) -> tuple[int, int]:
    """A variant of ₹1,499 and its sale at ₹999, from in an hour to in a day."""
    variant = a_variant(price=149900)
    db.session.commit()
    schedule_id = on_sale(db.session.get_one(Variant, variant.id), **sale)  # type: ignore[arg-type]
    return db.session.get_one(SaleSchedule, schedule_id).variant_id, schedule_id


def sale_price(variant_id: int) -> int | None:
    db.session.rollback()
    found = db.session.get_one(Variant, variant_id).sale_price
    return found.minor if found else None


def the_sale(schedule_id: int) -> SaleSchedule:
    db.session.rollback()
    return db.session.get_one(SaleSchedule, schedule_id)


def listed_at(variant_id: int) -> int:
    product_id = db.session.get_one(Variant, variant_id).product_id
    return db.session.get_one(ListingRow, product_id).price.minor


@pytest.mark.parametrize(("price", "percent", "becomes"), [
    (149900, -20, 119900), (149900, 10, 164800), (99900, -33, 66900), (150, -90, 100), (100, -1, 100),
])  # fmt: skip
def test_a_price_changed_by_percent_is_rounded_down_to_whole_rupees(price: int, percent: int, becomes: int) -> None:
    assert changed_by(Money(price), percent) == Money(becomes)


@pytest.mark.covers("CAT-04")
def test_the_clock_begins_a_sale_and_ends_it_and_every_page_hears_of_it(app: Flask) -> None:
    variant_id, schedule_id = a_planned_variant()
    turn_sales()
    assert sale_price(variant_id) is None
    before = stamp.current()
    with later(HOUR):
        assert sale_price(variant_id) == 99900 == listed_at(variant_id)
        assert the_sale(schedule_id).is_running
        assert stamp.current() != before
        assert audit() == []
    with later(DAY):
        assert sale_price(variant_id) is None
        assert listed_at(variant_id) == 149900
        assert the_sale(schedule_id).ended_at
        assert audit() == []


def test_a_sale_from_now_on_runs_at_once_and_without_an_end_for_good(app: Flask) -> None:
    variant_id, schedule_id = a_planned_variant(price=PercentOff(20), begin=-HOUR, end=None)
    assert sale_price(variant_id) == 119900
    with later(365 * DAY):
        assert sale_price(variant_id) == 119900
        assert the_sale(schedule_id).is_running


def test_a_sale_that_is_not_below_the_price_any_more_is_not_begun_and_says_why(app: Flask) -> None:
    variant_id, schedule_id = a_planned_variant()
    with unit_of_work():
        merchandising.set_price(variant_id, Money(89900))
    with later(HOUR):
        assert sale_price(variant_id) is None
        sale = the_sale(schedule_id)
        assert sale.refusal == "The sale price must be below the price, ₹899."
        assert sale.ended_at


def test_a_sale_that_was_slept_through_is_told(app: Flask) -> None:
    variant_id, schedule_id = a_planned_variant()
    with later(2 * DAY):
        assert sale_price(variant_id) is None
        assert "had passed" in (the_sale(schedule_id).refusal or "")


def test_one_sale_ends_as_the_next_begins(app: Flask) -> None:
    variant_id, _first = a_planned_variant(end=2 * HOUR)
    on_sale(db.session.get_one(Variant, variant_id), Money(79900), begin=2 * HOUR, end=None)
    with later(HOUR):
        assert sale_price(variant_id) == 99900
    with later(2 * HOUR):
        assert sale_price(variant_id) == 79900


@pytest.mark.parametrize(("begin", "end"), [(HOUR, DAY), (-HOUR, None), (2 * HOUR, 3 * HOUR), (timedelta(), 2 * HOUR)])
def test_sales_of_a_variant_do_not_overlap(app: Flask, begin: timedelta, end: timedelta | None) -> None:
    variant_id, _schedule = a_planned_variant()
    with pytest.raises(Overlapping, match="Indigo, M has a sale from"):
        on_sale(db.session.get_one(Variant, variant_id), begin=begin, end=end)


@pytest.mark.covers("CAT-04")
def test_whoever_changes_the_price_by_hand_ends_the_sale(app: Flask) -> None:
    variant_id, schedule_id = a_planned_variant()
    with later(HOUR):
        with unit_of_work():
            merchandising.set_sale_price(variant_id, Money(89900))
        assert the_sale(schedule_id).ended_at
    with later(DAY):
        assert sale_price(variant_id) == 89900


def test_undoing_what_a_hand_did_lets_the_sale_go_on_to_its_end(app: Flask) -> None:
    variant_id, schedule_id = a_planned_variant()
    with later(HOUR):
        with unit_of_work():
            merchandising.set_sale_price(variant_id, None)
        with unit_of_work():
            undo(newest("variant"), ALL)
        assert sale_price(variant_id) == 99900
        assert the_sale(schedule_id).is_running
    with later(DAY):
        assert sale_price(variant_id) is None


def test_a_running_sale_is_ended_a_planned_one_taken_away_and_both_undone(app: Flask) -> None:
    variant_id, planned_id = a_planned_variant()
    product_id = db.session.get_one(Variant, variant_id).product_id
    with unit_of_work():
        cancel_sales(product_id, [planned_id])
    with unit_of_work():
        undo(newest("sale_schedule"), ALL)
    [again] = db.session.scalars(select(SaleSchedule.id))
    with later(HOUR):
        with unit_of_work():
            cancel_sales(product_id, [again])
        assert sale_price(variant_id) is None
        assert the_sale(again).ended_at
        with unit_of_work():
            undo(newest("variant"), ALL)
        assert the_sale(again).is_running


def test_a_sale_that_began_at_once_is_undone_with_its_prices(app: Flask) -> None:
    variant_id = a_variant(price=149900).id
    db.session.commit()
    with one_request():
        schedule_id = on_sale(db.session.get_one(Variant, variant_id), begin=-HOUR)
    with unit_of_work():
        undo_save(newest("variant"), ALL)
    assert sale_price(variant_id) is None
    assert the_sale(schedule_id).ended_at


def newest(table: str) -> int:
    db.session.rollback()
    found = select(AuditEntry.id).where(AuditEntry.table_name == table).order_by(AuditEntry.id.desc()).limit(1)
    return db.session.scalars(found).one()


def test_what_makes_no_sense_is_refused(app: Flask) -> None:
    product = a_product(sizes=("S", "M"), price=149900)
    ids, moment = [one.id for one in product.variants], now()
    for sale, error in (
        (Sale([], Money(99900)), NothingChosen),
        (Sale([987654], Money(99900)), NothingChosen),
        (Sale(ids, Money(149900)), PriceRefused),
        (Sale(ids, Money(99900), moment + DAY, moment + DAY), BadTimes),
        (Sale(ids, Money(99900), ends_at=moment - DAY), BadTimes),
    ):
        with pytest.raises(error):
            schedule_sale(product.id, sale)
    with pytest.raises(NotFound):
        cancel_sales(product.id, [987654])
    assert db.session.scalars(select(SaleSchedule)).all() == []


@pytest.mark.covers("CAT-04", "CRT-02")
def test_a_sale_that_ends_while_somebody_checks_out_stops_the_order(app: Flask) -> None:
    variant_id, _schedule = a_planned_variant(begin=-HOUR)
    buyer = a_ready_buyer(db.session.get_one(Variant, variant_id))
    seen = total_of(buyer)
    with later(DAY), pytest.raises(PriceChanged) as stopped:
        order_by(buyer, seen_total=seen)
    assert stopped.value.new > stopped.value.old


def test_many_products_turn_some_at_a_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.merchandising.sales.clock.AT_ONCE", 2)
    variants = [a_planned_variant()[0] for _ in range(5)]
    with later(HOUR):
        assert [sale_price(one) for one in variants] == [99900] * 5


def test_the_books_tell_of_a_sale_whose_price_was_taken_from_under_it(app: Flask) -> None:
    """The control of ending by hand: the price is replaced without listing the product again."""
    variant_id, schedule_id = a_planned_variant(begin=-HOUR)
    db.session.get_one(Variant, variant_id).sale_price = None
    db.session.commit()
    assert f"sale {schedule_id}" in str(audit())
