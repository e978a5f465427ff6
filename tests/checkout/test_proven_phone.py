"""An order keeps that its buyer proved the phone by a code, and what follows from that later."""

import pytest
from flask import Flask

from shop.checkout import drafts
from shop.checkout.cash import cash_terms_of, trust_of
from shop.checkout.errors import NoCash
from shop.checkout.services import pay_another_way
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.store.cash_settings import CASH_POINTS, CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.checkout.buying import a_ready_buyer, order_by

pytestmark = pytest.mark.covers("PAY-01")
PHONE, OTHER = "+919845012345", "+919845099999"


def an_order_by_card(proven: str | None) -> int:
    """Placed by a guest who typed a code for this phone, if any, and then chose to pay by card."""
    set_value(CASH_WEIGHED, True)
    set_value(CASH_POINTS, 60)
    guest = a_ready_buyer()
    if proven:
        drafts.save_proof(guest, proven)
    drafts.save_payment(guest, "card")
    db.session.commit()
    return order_by(guest)


def test_who_proved_the_phone_may_pay_the_courier_later_too(app: Flask) -> None:
    order_id = an_order_by_card(PHONE)
    order = db.session.get_one(Order, order_id)
    assert order.phone_proven
    assert "Phone confirmed by a code" in [fact.words for fact in trust_of(order).facts]
    db.session.rollback()
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), "cod")
    assert db.session.get_one(Order, order_id).payment_method == "cod"


@pytest.mark.parametrize("proven", [None, OTHER])
def test_control_who_proved_no_phone_or_another_may_not(app: Flask, proven: str | None) -> None:
    order_id = an_order_by_card(proven)
    order = db.session.get_one(Order, order_id)
    assert (order.phone_proven, cash_terms_of(order).needs_code) == (False, True)
    db.session.rollback()
    with pytest.raises(NoCash), unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), "cod")
