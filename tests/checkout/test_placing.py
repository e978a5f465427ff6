"""Placing an order: everything is checked again, and written whole or not at all."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.cart.models import CartLine
from shop.catalog.models import Product
from shop.checkout.errors import EmptyBag, KeyReused, NoLongerSold, PriceChanged, StepMissing
from shop.checkout.models import CheckoutDraft
from shop.extensions import db
from shop.lib.models import OutboxEvent
from shop.lib.money import Money
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.stock.errors import OutOfStock
from shop.stock.models import StockLevel
from tests.checkout.buying import a_ready_buyer, an_order, order_by, total_of
from tests.factories import a_customer, a_guest, a_variant


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.covers("ORD-01")
def test_an_order_snapshots_prices_address_and_holds_the_goods(app: Flask) -> None:
    variant_id = (variant := a_variant(price=100000, sale_price=80000, units=5)).id
    order = an_order(variant, quantity=2)
    assert (order.lines_total, order.delivery_charge, order.total) == (Money(160000), Money(0), Money(160000))
    assert order.address["postal_code"] == "560001"
    assert order.lines[0].regular_price == Money(100000)
    assert db.session.get_one(StockLevel, variant_id).reserved == 2
    assert audit() == []


@pytest.mark.covers("ORD-01")
def test_a_renamed_product_never_changes_an_old_order(app: Flask) -> None:
    product_id = (variant := a_variant(name="Old name")).product_id
    order = an_order(variant)
    db.session.get_one(Product, product_id).name = "New name"
    db.session.commit()
    assert order.lines[0].name == "Old name"


@pytest.mark.covers("ORD-01")
def test_placing_clears_bag_and_draft_and_owes_the_mail(app: Flask) -> None:
    an_order()
    assert (count(CartLine), count(CheckoutDraft)) == (0, 0)
    owed = select(OutboxEvent.handler).where(OutboxEvent.event == "OrderPlaced")
    assert any("notifications" in handler for handler in db.session.scalars(owed))


@pytest.mark.covers("ORD-01")
def test_numbers_count_up_within_the_year(app: Flask) -> None:
    numbers = [an_order().number, an_order().number]
    assert [number.rpartition("-")[2] for number in numbers] == ["0001", "0002"]


@pytest.mark.covers("ORD-01")
def test_the_same_key_gives_the_same_order(app: Flask) -> None:
    buyer = a_ready_buyer()
    seen = total_of(buyer)
    assert order_by(buyer, seen_total=seen) == order_by(buyer, seen_total=seen)
    assert count(Order) == count(Payment) == 1


def test_a_used_key_with_another_total_is_refused(app: Flask) -> None:
    buyer = a_ready_buyer()
    order_by(buyer)
    with pytest.raises(KeyReused):
        order_by(buyer, seen_total=1)


@pytest.mark.covers("CRT-02")
def test_a_price_that_changed_after_the_buyer_looked_stops_the_order(app: Flask) -> None:
    variant = a_variant(price=100000)
    buyer = a_ready_buyer(variant)
    seen = total_of(buyer)
    variant.price = Money(120000)
    db.session.commit()
    with pytest.raises(PriceChanged) as stopped:
        order_by(buyer, seen_total=seen)
    assert stopped.value.new - stopped.value.old == Money(20000)
    assert (count(Order), count(CartLine)) == (0, 1)


@pytest.mark.covers("INV-01")
def test_goods_that_sold_out_meanwhile_stop_the_order_and_keep_the_bag(app: Flask) -> None:
    variant = a_variant(units=1)
    late, quick = a_ready_buyer(variant), a_ready_buyer(variant)
    seen = total_of(late)
    order_by(quick)
    with pytest.raises(OutOfStock):
        order_by(late, seen_total=seen)
    assert (count(Order), count(CartLine)) == (1, 1)
    assert audit() == []


def test_goods_taken_off_the_shelf_are_not_sold(app: Flask) -> None:
    variant = a_variant()
    buyer = a_ready_buyer(variant)
    seen = total_of(buyer)
    variant.product.published_at = None
    db.session.commit()
    with pytest.raises(NoLongerSold):
        order_by(buyer, seen_total=seen)
    assert count(Order) == 0


def test_an_empty_bag_cannot_be_ordered(app: Flask) -> None:
    with pytest.raises(EmptyBag):
        order_by(a_guest(), seen_total=0)


def test_a_step_left_out_is_named(app: Flask) -> None:
    buyer = a_ready_buyer()
    db.session.query(CheckoutDraft).one().address = None
    db.session.commit()
    with pytest.raises(StepMissing) as stopped:
        order_by(buyer)
    assert stopped.value.step == "address"


@pytest.mark.covers("ORD-02")
def test_a_guest_and_a_customer_both_order(app: Flask) -> None:
    customer = a_customer()
    assert an_order().user_id is None
    assert an_order(visitor=customer).user_id == customer.user_id
