"""Stock that many take and give back at once: nothing is kept twice, nobody waits for ever.

The control stands in test_sold_out.py, where the shop sells without the condition.
"""

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.cart import services as cart_services
from shop.cart.queries import counts_of
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.stock import services as stock_services
from shop.stock.models import Hold, StockLevel
from tests.factories import a_guest, a_product, a_variant, add_variant, list_again
from tests.support.barrier import all_at_once

BUYERS = 50
pytestmark = pytest.mark.faults


def kinds(told: list[object]) -> dict[str, int]:
    names = [type(one).__name__ for one in told]
    return {name: names.count(name) for name in sorted(set(names))}


def reserved_and_held(variant_id: int) -> tuple[int, int]:
    held = select(func.coalesce(func.sum(Hold.units), 0)).where(Hold.variant_id == variant_id, Hold.ended_at.is_(None))
    level = select(StockLevel.reserved).where(StockLevel.variant_id == variant_id)
    return db.session.scalar(level) or 0, int(db.session.scalar(held) or 0)


@pytest.mark.covers("INV-01")
def test_ten_units_of_two_variants_wanted_in_either_order_are_all_kept_and_no_more(app: Flask) -> None:
    first, second = a_variant(units=10), a_variant(units=10)
    ids = (first.id, second.id)
    db.session.commit()

    def keep(number: int) -> int:
        with unit_of_work():
            stock_services.hold(number + 1, dict.fromkeys(ids if number % 2 else reversed(ids), 1))
        return number

    assert kinds(list(all_at_once(app, keep, BUYERS))) == {"OutOfStock": BUYERS - 10, "int": 10}
    assert [reserved_and_held(id) for id in ids] == [(10, 10), (10, 10)]


def test_orders_that_cross_in_the_same_products_do_not_wait_for_each_other(app: Flask) -> None:
    one, other = a_product(colours=["Indigo"]), a_product(colours=["Indigo", "Ecru"])
    last = add_variant(one, colour="Ecru").id
    list_again(one)
    first, (second, third) = one.variants[0].id, [variant.id for variant in other.variants]
    crossing = ({first: 10, third: 10}, {second: 10, last: 10})
    db.session.commit()

    def keep_and_give_back(number: int) -> None:
        for order_id in range(number * 100, number * 100 + 10):
            with unit_of_work():
                stock_services.hold(order_id, crossing[number % 2])
            with unit_of_work():
                stock_services.release(order_id)

    assert set(kinds(list(all_at_once(app, keep_and_give_back, 2)))) == {"NoneType"}
    assert audit() == []


@pytest.mark.covers("INV-03")
def test_giving_back_twice_at_once_gives_back_once(app: Flask) -> None:
    variant = a_variant(units=5)
    stock_services.hold(1, {variant.id: 3})
    stock_services.hold(2, {variant.id: 2})
    db.session.commit()

    def give_back(_number: int) -> None:
        with unit_of_work():
            stock_services.release(1)

    all_at_once(app, give_back, 10)
    assert reserved_and_held(variant.id) == (2, 2)


@pytest.mark.covers("CRT-01")
def test_first_taps_of_a_guest_at_once_fill_one_bag(app: Flask) -> None:
    guest, variant = a_guest(), a_variant(units=100)
    variant_id, product_id = variant.id, variant.product_id
    db.session.commit()

    def tap(_number: int) -> None:
        with unit_of_work():
            cart_services.add_line(guest, variant_id)
            cart_services.wish(guest, product_id)

    told = list(all_at_once(app, tap, 10))
    assert kinds(told) == {"NoneType": 10}, told
    assert counts_of(guest) == (10, 1)
