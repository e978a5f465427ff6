"""Money that comes after the clock has given an order up: the order is taken on again, or the money goes back."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.aftersales.services import cancel_order
from shop.cart.models import Cart
from shop.cart.queries import bag_of
from shop.catalog.models import Variant
from shop.checkout.services import expire_order, finish_payment
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.promotions.models import Redemption
from shop.stock.models import StockLevel
from tests.checkout.buying import CARD_OK, a_ready_buyer, an_order_id, order_by
from tests.checkout.test_webhooks import at_the_bank, use_card
from tests.factories import a_customer, a_user, a_variant
from tests.promotions.making import a_coupon
from tests.support.outbox import run_outbox


def paid_too_late(order_id: int, meanwhile: Callable[[], object] = lambda: None) -> Order:
    """The order after this: its buyer used a card, the clock gave up before it heard of it, and then it heard."""
    use_card(at_the_bank(order_id), CARD_OK)
    with unit_of_work():
        db.session.execute(update(Order).where(Order.id == order_id).values(unpaid_until=now()))
    assert expire_order(order_id)
    meanwhile()
    db.session.rollback()
    finish_payment(order_id)
    run_outbox()
    assert audit() == []
    return db.session.get_one(Order, order_id, populate_existing=True)


@pytest.mark.covers("ORD-03", "PAY-02")
def test_late_money_takes_the_order_on_again_while_its_goods_are_there(app: Flask) -> None:
    user = a_user()
    variant = a_variant(units=1)
    user_id, variant_id = user.id, variant.id
    order = paid_too_late(an_order_id(variant, payment="card", visitor=a_customer(user)))
    assert (order.state, order.payment_standing) == ("confirmed", "paid")
    assert [move.to_state for move in order.moves] == ["placed", "cancelled", "confirmed"]
    assert db.session.get_one(StockLevel, variant_id).reserved == 1
    assert db.session.get_one(User, user_id, populate_existing=True).spent == order.total


@pytest.mark.covers("ORD-03", "PAY-05")
def test_late_money_goes_back_when_somebody_else_has_bought_the_goods(app: Flask) -> None:
    variant_id = (variant := a_variant(units=1)).id
    order = paid_too_late(
        an_order_id(variant, payment="card"), lambda: an_order_id(db.session.get_one(Variant, variant_id))
    )
    assert (order.state, order.payment_standing) == ("cancelled", "refunded")


@pytest.mark.covers("PRO-02")
def test_late_money_goes_back_when_somebody_else_has_used_the_coupon(app: Flask) -> None:
    coupon_id = a_coupon(uses_limit=1).id
    order = paid_too_late(_with_coupon("card"), lambda: _with_coupon("cod"))
    assert (order.state, order.payment_standing) == ("cancelled", "refunded")
    uses = select(Redemption.order_id).where(Redemption.promotion_id == coupon_id, Redemption.freed_at.is_(None))
    assert order.id not in db.session.scalars(uses).all()


@pytest.mark.covers("PRO-02")
def test_an_order_that_is_taken_on_again_has_its_coupon_again(app: Flask) -> None:
    a_coupon(uses_limit=1)
    order = paid_too_late(_with_coupon("card"))
    assert order.state == "confirmed"
    uses = select(Redemption.order_id).where(Redemption.freed_at.is_(None))
    assert db.session.scalars(uses).all() == [order.id]


@pytest.mark.covers("ORD-03")
def test_what_a_person_cancelled_stays_cancelled_and_its_money_goes_back(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    use_card(at_the_bank(order_id), CARD_OK)
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM, "Out of fabric")
    run_outbox()
    order = db.session.get_one(Order, order_id, populate_existing=True)
    assert (order.state, order.payment_standing) == ("cancelled", "refunded")
    assert audit() == []


def _with_coupon(payment: str) -> int:
    visitor = a_ready_buyer(payment=payment)
    db.session.execute(update(Cart).where(Cart.id == bag_of(visitor).cart_id).values(coupon_code="SAVE10"))
    db.session.commit()
    return order_by(visitor, key=f"coupon-{payment}")
