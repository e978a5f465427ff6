"""Corrections, sales, shipments and cancellations of one variant at once: the ledger adds up, nothing is done twice."""

import secrets
from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.actor import SYSTEM, Actor
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import stock as books
from shop.stock import services
from shop.stock.models import LedgerEntry, LedgerReason, StockLevel, StockTakeLine
from shop.stock.services import Correction, Counted
from tests.factories import a_variant
from tests.faults.test_stock_at_once import kinds
from tests.support.barrier import all_at_once

PEOPLE, ROUNDS = 24, 20
OWNER = Actor("staff", "Meera Nair", 1)
pytestmark = pytest.mark.faults


def a_stocked_variant(units: int) -> int:
    id = a_variant(units=units).id
    db.session.commit()
    return id


def on_hand(variant_id: int) -> int:
    db.session.rollback()
    return db.session.scalars(select(StockLevel.on_hand).where(StockLevel.variant_id == variant_id)).one()


def breaks() -> list[str]:
    db.session.rollback()
    return books.levels_that_differ_from_ledger() + books.reserved_that_differs_from_holds()


def in_a_unit(work: Callable[[int], object]) -> Callable[[int], object]:
    def alone(number: int) -> object:
        with unit_of_work():
            return work(number)

    return alone


@pytest.mark.covers("INV-01", "INV-02")
def test_corrections_sales_shipments_and_cancellations_at_once_add_up(app: Flask) -> None:
    variant_id = a_stocked_variant(50)
    for order in range(PEOPLE):
        services.hold(order, {variant_id: 1})
    db.session.commit()

    def move(number: int) -> None:
        order = 1000 + number
        moves = (
            lambda: services.adjust(variant_id, by_units=2, reason=LedgerReason.RESTOCK, actor=OWNER),
            lambda: services.hold(order, {variant_id: 1}),
            lambda: services.release(number),
            lambda: services.ship(number, {variant_id: 1}, OWNER),
        )
        moves[number % 4]()

    told = kinds(list(all_at_once(app, in_a_unit(move), PEOPLE)))
    assert set(told) <= {"NoneType", "int"}, told
    sixth = PEOPLE // 4
    assert on_hand(variant_id) == 50 + 2 * sixth - sixth
    assert breaks() == []


@pytest.mark.control
def test_control_a_correction_that_writes_what_it_read_loses_another(app: Flask) -> None:
    variant_id = a_stocked_variant(50)

    def look_then_write(_number: int) -> None:
        with unit_of_work(read_only=True):
            seen = db.session.scalars(select(StockLevel.on_hand).where(StockLevel.variant_id == variant_id)).one()
        with unit_of_work():
            level = update(StockLevel).where(StockLevel.variant_id == variant_id)
            db.session.execute(level.values(on_hand=seen + 1))
            db.session.add(LedgerEntry(variant_id=variant_id, units=1, reason="manual", actor="Nobody"))

    for _ in range(ROUNDS):
        all_at_once(app, look_then_write, PEOPLE)
        if breaks():
            return
    pytest.fail("no correction was lost")


@pytest.mark.covers("INV-02")
def test_one_click_that_arrives_many_times_at_once_corrects_once(app: Flask) -> None:
    variant_id, correction = a_stocked_variant(5), Correction(LedgerReason.RESTOCK, by_units=3)
    told = all_at_once(app, in_a_unit(lambda _: services.adjust_once(variant_id, correction, OWNER, "k")), PEOPLE)
    assert sorted(map(str, told)) == ["False"] * (PEOPLE - 1) + ["True"]
    assert on_hand(variant_id) == 8
    assert breaks() == []


@pytest.mark.control
def test_control_without_its_key_each_arrival_corrects_again(app: Flask) -> None:
    variant_id, correction = a_stocked_variant(5), Correction(LedgerReason.RESTOCK, by_units=3)
    click = in_a_unit(lambda _: services.adjust_once(variant_id, correction, OWNER, secrets.token_hex(4)))
    all_at_once(app, click, PEOPLE)
    assert on_hand(variant_id) > 8


@pytest.mark.covers("INV-02")
def test_of_counts_made_by_many_at_once_one_holds_and_the_others_are_shown_it(app: Flask) -> None:
    variant_id = a_stocked_variant(5)
    count = in_a_unit(lambda number: services.adjust(variant_id, to_on_hand=100 + number, seen=5, actor=OWNER))
    assert kinds(list(all_at_once(app, count, PEOPLE))) == {"CountedMeanwhile": PEOPLE - 1, "int": 1}
    assert breaks() == []


@pytest.mark.control
def test_control_counts_that_say_nothing_of_what_was_seen_replace_each_other(app: Flask) -> None:
    variant_id = a_stocked_variant(5)
    count = in_a_unit(lambda number: services.adjust(variant_id, to_on_hand=100 + number, actor=OWNER))
    assert kinds(list(all_at_once(app, count, PEOPLE))) == {"int": PEOPLE}


def a_take(variant_ids: Sequence[int], counted: int) -> int:
    """A stock take over these variants, uploaded and not yet applied."""
    skus = db.session.scalars(select(Variant.sku).where(Variant.id.in_(variant_ids)))
    take_id = services.begin_take("shelf.csv", [Counted(row, sku, counted) for row, sku in enumerate(skus)], OWNER).id
    db.session.commit()
    return take_id


@pytest.mark.covers("INV-02")
def test_a_stock_take_applied_by_many_at_once_while_orders_come_and_go_is_applied_once(app: Flask) -> None:
    ids = [a_stocked_variant(50) for _ in range(4)]
    take_id = a_take(ids, 47)

    def act(number: int) -> None:
        if number % 3 == 0:
            services.apply_take(take_id, OWNER)
        elif number % 3 == 1:
            services.hold(number, dict.fromkeys(reversed(ids), 1))
        else:
            services.hold(number, dict.fromkeys(ids, 1))
            services.ship(number, dict.fromkeys(ids, 1), OWNER)

    told = kinds(list(all_at_once(app, in_a_unit(act), PEOPLE)))
    assert told == {"NoneType": PEOPLE - PEOPLE // 3 + 1, "TakeClosed": PEOPLE // 3 - 1}
    assert [on_hand(id) for id in ids] == [50 - 3 - PEOPLE // 3] * 4
    assert breaks() == []


@pytest.mark.control
def test_control_a_stock_take_that_is_not_claimed_is_applied_again_and_again(app: Flask) -> None:
    ids = [a_stocked_variant(50)]
    take_id = a_take(ids, 47)

    def apply(_number: int) -> None:
        for line in db.session.scalars(select(StockTakeLine).where(StockTakeLine.take_id == take_id)):
            services.adjust(line.variant_id, by_units=line.counted - line.seen, actor=OWNER)

    all_at_once(app, in_a_unit(apply), PEOPLE // 4)
    assert on_hand(ids[0]) < 47


@pytest.mark.covers("INV-02")
def test_a_correction_undone_by_many_at_once_is_undone_once(app: Flask) -> None:
    variant_id = a_stocked_variant(5)
    services.adjust(variant_id, by_units=3, actor=OWNER)
    entry_id = db.session.scalars(select(func.max(LedgerEntry.id))).one()
    db.session.commit()
    told = kinds(list(all_at_once(app, in_a_unit(lambda _: services.undo(entry_id, OWNER)), PEOPLE)))
    assert told == {"LedgerEntry": 1, "NotToUndo": PEOPLE - 1}
    assert on_hand(variant_id) == 5


@pytest.mark.control
def test_control_counter_entries_that_name_nothing_are_made_again_and_again(app: Flask) -> None:
    variant_id = a_stocked_variant(50)
    take_back = in_a_unit(lambda _: services.adjust(variant_id, by_units=-1, actor=SYSTEM))
    assert kinds(list(all_at_once(app, take_back, PEOPLE))) == {"int": PEOPLE}
    assert on_hand(variant_id) < 49
