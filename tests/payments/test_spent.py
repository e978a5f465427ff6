"""What a customer spent is what their orders come to, without what went back of it."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.accounts.customers.queries import CustomerFilter, customers
from shop.accounts.models import User
from shop.accounts.visitor import Visitor
from shop.aftersales.services import cancel_order
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.money import ZERO, Money
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.orders.services import claim_all
from shop.payments.refunds import Wanted, refund
from shop.payments.states import RefundWay
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_customer, a_user, a_variant
from tests.fulfilment.walk import OWNER, act, order_of
from tests.staff.desk import as_role, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

pytestmark = pytest.mark.usefixtures("books_balance")
PRICE, OFF = 200000, 50000


def a_paid_order(buyer: Visitor, price: int = PRICE) -> int:
    order_id = an_order_id(a_variant(price=price), payment="card", visitor=buyer)
    pay(order_id)
    return order_id


def give_back(order_id: int, amount: int = OFF, way: RefundWay = RefundWay.ORIGINAL) -> None:
    act(refund, order_of(order_id), Wanted("A seam was open", amount=Money(amount), way=way), OWNER)


def spent_by(user_id: int | None) -> Money:
    db.session.rollback()
    return db.session.get_one(User, user_id, populate_existing=True).spent


@pytest.mark.covers("ACC-14", "PAY-05")
def test_money_that_went_back_was_not_spent(app: Flask) -> None:
    buyer = a_customer()
    order_id = a_paid_order(buyer)
    give_back(order_id)
    assert spent_by(buyer.user_id) == Money(PRICE)
    run_outbox()
    assert (spent_by(buyer.user_id), order_of(order_id).refunded) == (Money(PRICE - OFF), Money(OFF))
    give_back(order_id, PRICE - OFF)
    run_outbox()
    assert spent_by(buyer.user_id) == ZERO


@pytest.mark.covers("ACC-14", "PAY-05")
def test_store_credit_that_was_given_back_counts_too(app: Flask) -> None:
    buyer = a_customer()
    give_back(a_paid_order(buyer), way=RefundWay.CREDIT)
    assert spent_by(buyer.user_id) == Money(PRICE - OFF)


@pytest.mark.covers("ACC-14", "ORD-06")
def test_an_order_that_is_cancelled_after_a_refund_takes_only_the_rest_away(app: Flask) -> None:
    buyer = a_customer()
    a_paid_order(buyer)
    order_id = a_paid_order(buyer)
    give_back(order_id)
    run_outbox()
    act(cancel_order, order_of(order_id), SYSTEM)
    assert spent_by(buyer.user_id) == Money(PRICE)
    run_outbox()
    assert (spent_by(buyer.user_id), order_of(order_id).refunded) == (Money(PRICE), Money(PRICE))


@pytest.mark.covers("ACC-14")
def test_a_guests_order_comes_to_what_was_left_of_it_when_it_is_claimed(app: Flask) -> None:
    order_id = an_order_id(a_variant(price=PRICE), payment="card")
    pay(order_id)
    give_back(order_id)
    run_outbox()
    user_id = a_user().id
    db.session.commit()
    act(claim_all, Order.id == order_id, user_id)
    assert spent_by(user_id) == Money(PRICE - OFF)


@pytest.mark.covers("ACC-14")
def test_customers_are_sorted_by_what_they_spent_in_the_end(client: ShopClient) -> None:
    kept, gave = a_customer(a_user("kept@example.com")), a_customer(a_user("gave@example.com"))
    a_paid_order(kept, PRICE)
    give_back(a_paid_order(gave, PRICE + OFF), 2 * OFF)
    assert [one.id for one in rows(customers(CustomerFilter(sort="spent")))] == [gave.user_id, kept.user_id]
    run_outbox()
    assert [one.id for one in rows(customers(CustomerFilter(sort="spent")))] == [kept.user_id, gave.user_id]
    page = words(as_role(client).get(f"/staff/customers/{gave.user_id}"))
    assert "Spent ₹1,500" in page
