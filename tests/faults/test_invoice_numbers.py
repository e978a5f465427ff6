"""Many invoices at one moment, and processes that die while they have a number: no number is missing or given twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.catalog.models import Variant
from shop.extensions import db
from shop.invoices.models import Invoice
from shop.invoices.series import take_number
from shop.invoices.services import issue_with_goods, issuing
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.services import lock_order
from tests.checkout.buying import an_order_id
from tests.conftest import IS_LONG, LONG_ROUNDS
from tests.factories import a_variant
from tests.faults.bench.crowd import Visitor, all_leave, owners_session
from tests.faults.bench.shop import BenchShop
from tests.fulfilment.walk import parcel_of, step
from tests.support import figures
from tests.support.barrier import all_at_once

ORDERS, AT_ONCE, SENT = 24, 8, 500 // LONG_ROUNDS if IS_LONG else 6
POINT = "invoice.number_taken"
pytestmark = pytest.mark.faults


class DiedError(Exception):
    """Stands for whatever ends a unit after its number was taken."""


def issue_all(app: Flask) -> list[int]:
    """Issue for every order, by many at once; every third unit dies before its commit and is begun again.

    Returns the numbers that were given.
    """
    variant_id, units = a_variant(units=ORDERS).id, count(1)
    orders = [an_order_id(db.session.get_one(Variant, variant_id)) for _ in range(ORDERS)]

    def issue(order_id: int) -> None:
        with unit_of_work():
            issue_with_goods(lock_order(order_id))
            if next(units) % 3 == 0:
                raise DiedError

    def issue_some(number: int) -> None:
        waiting = orders[number::AT_ONCE]
        while waiting:
            try:
                issue(waiting[-1])
                waiting.pop()
            except DiedError:
                continue

    assert all_at_once(app, issue_some, AT_ONCE) == [None] * AT_ONCE
    return list(db.session.scalars(select(Invoice.ordinal).order_by(Invoice.ordinal)))


@pytest.mark.covers("PAY-07")
def test_numbers_of_many_at_once_have_no_gap_though_units_die(app: Flask) -> None:
    assert issue_all(app) == list(range(1, ORDERS + 1))
    assert audit() == []


@pytest.mark.control
def test_control_a_number_taken_in_a_unit_of_its_own_is_lost(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(series: str) -> int:
        taken = take_number(series)
        db.session.commit()
        return taken

    monkeypatch.setattr(issuing, "take_number", take)
    assert issue_all(app) != list(range(1, ORDERS + 1))


def send_while_the_power_goes(shop: BenchShop) -> list[int]:
    """Parcels leave at one moment; while one has a number every process is killed, and all are sent anew."""
    with shop.inside():
        orders = [an_order_id(a_variant()) for _ in range(SENT)]
        for order_id in orders:
            step(order_id, "confirmed", "packed")
        paths = [f"/staff/parcels/{parcel_of(order_id).id}/shipment" for order_id in orders]
    owner = owners_session(shop)
    shop.arm(POINT)
    send(shop, owner, paths, until=lambda: shop.wait_until_at(POINT) and shop.cut_power())
    shop.start()
    send(shop, owner, paths, until=lambda: None)
    return orders


def send(shop: BenchShop, owner: str, paths: list[str], until: Callable[[], object]) -> None:
    people = [Visitor(shop, owner, is_signed_in=True) for _ in paths]
    with ThreadPoolExecutor(len(paths)) as pool:
        for person, path in zip(people, paths, strict=True):
            pool.submit(person.post, path, carrier="Blue Dart", tracking_number="BD 1")
        until()
    all_leave(people)


@pytest.mark.covers("PAY-07")
def test_kill_9_with_a_number_in_hand_leaves_no_gap(bench: BenchShop) -> None:
    orders = send_while_the_power_goes(bench)
    with bench.inside():
        issued = select(func.count()).where(Invoice.order_id.in_(orders), Invoice.number.is_not(None))
        assert db.session.scalar(issued) == SENT
    bench.audit()
    figures.note("kill -9 with an invoice's number in hand", bench.engine, invoices=SENT, gaps=0)


@pytest.mark.control
def test_control_a_number_committed_before_its_invoice_is_missing(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("one_unit_of_number")
    send_while_the_power_goes(shop)
    with pytest.raises(RuntimeError, match="numbers of invoices have no gap"):
        shop.audit()
