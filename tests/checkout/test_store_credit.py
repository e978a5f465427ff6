"""Store credit: given, spent at the checkout beside another way to pay, and back where it came from."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from shop.accounts.visitor import Visitor
from shop.aftersales.services import cancel_order
from shop.checkout import drafts
from shop.checkout.errors import CreditGone
from shop.extensions import db
from shop.lib.actor import OPERATOR, SYSTEM
from shop.lib.money import ZERO, Money
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.states import OrderState, PaymentStanding
from shop.promotions.credit import services as credit
from shop.promotions.credit.errors import NotEnoughCredit
from shop.promotions.credit.models import StoreCreditEntry
from shop.promotions.credit.queries import balance_of
from shop.store.cash_settings import CASH_FEE, CASH_MOST
from shop.store.formats import money
from shop.store.setting_services import set_value
from tests.checkout.buying import a_ready_buyer, order_by, pay, tenders
from tests.factories import a_customer, a_user, a_variant, sign_in
from tests.fulfilment.walk import order_of
from tests.staff.desk import as_role, flashed, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

PRICE, FEE = 149900, 4900


def a_buyer_with(amount: int, payment: str = "card") -> Visitor:
    """A customer with so much credit, ready to order one piece, who chose to use it."""
    buyer = a_customer()
    credit.give(buyer.user_id or 0, Money(amount), "Sorry for the wait", OPERATOR)
    a_ready_buyer(a_variant(price=PRICE), payment=payment, visitor=buyer)
    drafts.save_payment(buyer, payment, Money(amount))
    db.session.commit()
    return buyer


def entries() -> list[int]:
    db.session.rollback()
    return [one.amount.minor for one in db.session.scalars(select(StoreCreditEntry).order_by(StoreCreditEntry.id))]


@pytest.mark.covers("PAY-05")
def test_credit_pays_a_part_and_a_card_the_rest(app: Flask) -> None:
    buyer = a_buyer_with(25000)
    order_id = order_by(buyer)
    total = order_of(order_id).total.minor
    assert tenders(order_id) == [("credit", "paid", 25000), ("card", "pending", total - 25000)]
    assert balance_of(buyer.user_id) == ZERO
    assert order_of(order_id).payment_standing == PaymentStanding.PENDING
    pay(order_id)
    order = order_of(order_id)
    assert (order.state, order.payment_standing) == (OrderState.CONFIRMED, PaymentStanding.PAID)
    assert audit() == []


@pytest.mark.covers("PAY-05")
def test_an_order_that_credit_began_to_pay_says_what_came_in_and_what_is_left(client: ShopClient) -> None:
    order = order_of(order_by(a_buyer_with(25000)))
    left = money(order.total - Money(25000))
    assert f"Store credit ₹250 paid, {left} left to pay by card" in words(client.get(f"/order/{order.token}"))


def test_credit_that_covers_everything_confirms_the_order_at_once(app: Flask) -> None:
    order_id = order_by(a_buyer_with(500000))
    order = order_of(order_id)
    assert (order.state, order.payment_standing, order.payment_method) == ("confirmed", "paid", "credit")
    assert [(method, state) for method, state, _ in tenders(order_id)] == [("credit", "paid")]
    assert audit() == []


@pytest.mark.covers("ORD-06", "PAY-05")
def test_a_cancellation_returns_each_tender_to_where_it_came_from(app: Flask) -> None:
    buyer = a_buyer_with(25000)
    order_id = order_by(buyer)
    pay(order_id)
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM, "Changed my mind")
    run_outbox()
    assert balance_of(buyer.user_id) == Money(25000)
    assert order_of(order_id).payment_standing == PaymentStanding.REFUNDED
    assert entries() == [25000, -25000, 25000]
    assert audit() == []


def test_an_unpaid_order_that_is_cancelled_gives_its_credit_back(app: Flask) -> None:
    buyer = a_buyer_with(25000)
    order_id = order_by(buyer)
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM)
    assert balance_of(buyer.user_id) == Money(25000)
    assert audit() == []


def test_credit_spent_in_another_window_orders_nothing(app: Flask) -> None:
    buyer = a_buyer_with(25000)
    with unit_of_work():
        credit.spend(buyer.user_id or 0, Money(1), "Elsewhere", OPERATOR)
    with pytest.raises(CreditGone):
        order_by(buyer)
    db.session.rollback()
    assert db.session.scalars(select(Order)).all() == []
    assert balance_of(buyer.user_id) == Money(24999)


def test_the_rest_of_an_order_can_be_paid_to_the_courier(app: Flask) -> None:
    order_id = order_by(a_buyer_with(25000, payment="cod"))
    total = order_of(order_id).total.minor
    assert tenders(order_id)[1] == ("cod", "pending", total - 25000)


@pytest.mark.covers("ORD-01", "PAY-05")
@pytest.mark.parametrize(("credit_of", "fee"), [(PRICE, 0), (PRICE + 1, 0), (PRICE - 1, FEE)])
def test_cash_costs_its_fee_only_where_something_is_left_to_be_paid_in_cash(
    app: Flask, credit_of: int, fee: int
) -> None:
    set_value(CASH_FEE, FEE)
    order = order_of(order_by(a_buyer_with(credit_of, payment="cod")))
    assert (order.payment_fee, order.total) == (Money(fee), Money(PRICE + fee))
    assert [tender[2] for tender in tenders(order.id)] == ([PRICE - 1, 1 + FEE] if fee else [PRICE])
    [step] = [step for step in order_of(order.id).steps if step.kind == "fee"]
    assert (step.applied, step.amount) == (bool(fee), Money(fee))
    assert fee or step.reason == "No fee: nothing is left to be paid in cash"
    assert audit() == []


def test_cash_that_is_not_offered_does_not_stop_an_order_that_credit_covers(app: Flask) -> None:
    buyer = a_buyer_with(PRICE, payment="cod")
    set_value(CASH_MOST, 100)
    db.session.commit()
    assert order_of(order_by(buyer)).payment_method == "credit"


def test_more_than_there_is_cannot_be_spent(app: Flask) -> None:
    user_id = a_user().id
    credit.give(user_id, Money(100), "A gift", OPERATOR)
    with pytest.raises(NotEnoughCredit):
        credit.spend(user_id, Money(101), "Too much", OPERATOR)


@pytest.mark.covers("PAY-05")
def test_the_payment_step_offers_what_there_is(client: ShopClient) -> None:
    user = a_user()
    sign_in(client, user)
    buyer = a_customer(user)
    credit.give(user.id, Money(25000), "A gift", OPERATOR)
    a_ready_buyer(a_variant(price=PRICE), payment="card", visitor=buyer)
    assert "Use ₹250 store credit" in words(client.get("/checkout/payment"))
    assert client.post("/checkout/payment", data={"method": "card", "credit": "y"}).status_code == 303
    page = client.get("/checkout/review")
    assert "Your store credit pays ₹250" in words(page)
    hidden = dict(re.findall(r'name="(key|seen_total)" value="([^"]+)"', page.text))
    assert client.post("/checkout/review", data=hidden).status_code == 303
    told = words(client.get("/account/credit"))
    assert "You have ₹0 to spend" in told
    assert "Order ORD-" in told


def test_who_has_no_credit_is_offered_none(client: ShopClient) -> None:
    user = a_user()
    sign_in(client, user)
    a_ready_buyer(payment="card", visitor=a_customer(user))
    assert "store credit" not in words(client.get("/checkout/payment"))
    assert "No store credit yet" in words(client.get("/account/credit"))


@pytest.mark.covers("PAY-05")
def test_the_owner_gives_and_takes_credit_with_a_reason(client: ShopClient) -> None:
    user_id = a_user().id
    owner = as_role(client)
    there = f"/staff/customers/{user_id}"
    key = re.search(r'name="key"[^>]*value="([^"]+)"', owner.get(there).text)
    assert key
    given = {"way": "give", "amount": "500", "reason": "Sorry for the wait", "key": key[1]}
    assert owner.post(f"{there}/credit", data=given).status_code == 303
    assert owner.post(f"{there}/credit", data=given).status_code == 303
    assert "not done twice" in flashed(owner)
    taken = {"way": "take", "amount": "200", "reason": "Wrong customer", "key": "another"}
    owner.post(f"{there}/credit", data=taken)
    refused = owner.post(f"{there}/credit", data=taken | {"amount": "900", "key": "a third"})
    assert refused.status_code == 409
    assert "not that much store credit" in words(refused)
    assert owner.post(f"{there}/credit", data=given | {"reason": ""}).status_code == 422
    assert entries() == [50000, -20000]
    assert "₹300 to spend" in words(owner.get(there))
