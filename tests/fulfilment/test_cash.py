"""Cash on delivery that reaches the shop."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.extensions import db
from shop.fulfilment import services
from shop.fulfilment.errors import NotDelivered
from shop.fulfilment.models import CashCollection
from shop.operations.audit import audit
from shop.orders.states import PaymentStanding
from shop.payments.errors import NothingToCollect
from tests.checkout.buying import an_order_id, pay
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, step


@pytest.mark.covers("ORD-07")
def test_collected_cash_pays_the_order(app: Flask) -> None:
    order_id = an_order_that_is("delivered")
    act(services.collect_cash, order_of(order_id), OWNER)
    assert order_of(order_id).payment_standing == PaymentStanding.PAID
    assert db.session.scalars(select(CashCollection)).one().amount == order_of(order_id).total
    assert audit() == []


def test_cash_is_collected_once(app: Flask) -> None:
    order_id = an_order_that_is("delivered")
    act(services.collect_cash, order_of(order_id), OWNER)
    with pytest.raises(NothingToCollect):
        act(services.collect_cash, order_of(order_id), OWNER)


def test_cash_is_not_collected_before_the_order_is_delivered(app: Flask) -> None:
    order_id = an_order_that_is("out_for_delivery")
    with pytest.raises(NotDelivered):
        act(services.collect_cash, order_of(order_id), OWNER)


def test_a_card_order_has_no_cash(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    pay(order_id)
    step(order_id, "packed", "shipped", "out_for_delivery", "delivered")
    with pytest.raises(NothingToCollect):
        act(services.collect_cash, order_of(order_id), OWNER)
