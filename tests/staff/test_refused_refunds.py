"""Refunds the bank refused, at the owner's desk: tried again, or sent another way."""

import pytest
from sqlalchemy import select

from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.payments.models import Refund
from shop.payments.refunds import record_failure
from shop.promotions.credit.queries import balance_of
from tests.checkout.buying import an_order_id, pay
from tests.checkout.test_editing import edit
from tests.factories import a_customer, a_variant
from tests.notifications.letterbox import mail, text
from tests.staff.desk import flashed, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

PRICE = 149900


def refused(**buyer) -> tuple[int, int]:
    """The ids of a refused surplus and of its payment."""
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card", quantity=2, **buyer)
    pay(order_id)
    edit(order_id, {variant_id: 1})
    db.session.rollback()
    with unit_of_work():
        found = db.session.scalars(select(Refund)).one()
        record_failure(found, "The card is closed.")
        return found.id, found.payment_id


def refund_at(refund_id: int) -> Refund:
    db.session.rollback()
    return db.session.get_one(Refund, refund_id, populate_existing=True)


@pytest.mark.covers("PAY-05")
def test_a_refused_surplus_goes_to_store_credit(owner: ShopClient) -> None:
    buyer = a_customer()
    refund_id, payment_id = refused(visitor=buyer)
    page = words(owner.get(f"/staff/payments/{payment_id}"))
    for said in ("The card is closed.", "Above what the order costs since its lines changed", "To store credit"):
        assert said in page
    answer = owner.post(f"/staff/refunds/{refund_id}/attempts", data={"way": "credit"})
    assert (answer.status_code, flashed(owner)) == (303, "The money is in the customer's store credit.")
    assert (refund_at(refund_id).state, balance_of(buyer.user_id).minor) == ("done", PRICE)
    owner.post(f"/staff/refunds/{refund_id}/attempts", data={"way": "original"})
    run_outbox()
    assert (refund_at(refund_id).way, balance_of(buyer.user_id).minor) == ("credit", PRICE)


@pytest.mark.covers("PAY-05", "NOT-01")
def test_a_guest_is_asked_for_an_account_in_their_words(owner: ShopClient) -> None:
    refund_id, payment_id = refused()
    assert "To store credit" not in words(owner.get(f"/staff/payments/{payment_id}"))
    assert owner.post(f"/staff/refunds/{refund_id}/attempts", data={"way": "credit"}).status_code == 422
    owner.post(f"/staff/refunds/{refund_id}/attempts", data={"way": "payout"})
    run_outbox()
    assert "your bank does not take it back the way you paid" in text(mail("refund_account"))
    order = db.session.scalars(select(Order)).one()
    there = f"/order/{order.token}/refunds/{refund_id}"
    assert "Your bank does not take the money" in words(owner.get(there))
    owner.post(there, data={"upi_id": "asha@okaxis"})
    owner.post(f"/staff/refunds/{refund_id}/payout", data={"reference": "UTR 9"})
    assert (refund_at(refund_id).state, refund_at(refund_id).reference) == ("done", "UTR 9")


def test_what_the_order_costs_again_is_not_offered(owner: ShopClient) -> None:
    refund_id, payment_id = refused()
    order = db.session.scalars(select(Order)).one()
    ids = (order.id, order.lines[0].variant_id)
    edit(ids[0], {ids[1]: 2})
    page = words(owner.get(f"/staff/payments/{payment_id}"))
    assert "went back otherwise since" in page
    assert "Send again" not in page
    owner.post(f"/staff/refunds/{refund_id}/attempts", data={"way": "original"})
    assert "more than is left to give back" in flashed(owner)
    assert refund_at(refund_id).state == "failed"
