"""Refunds the bank refused, through the API: tried again, or sent another way."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.payments.models import Refund
from shop.payments.refunds import record_failure
from shop.promotions.credit.queries import balance_of
from tests.api.asking import App
from tests.checkout.buying import an_order_id, pay
from tests.checkout.test_editing import edit
from tests.factories import a_customer, a_user, a_variant

PRICE = 149900


@pytest.fixture
def owner(client: FlaskClient) -> App:
    return App(client, a_user("owner@example.com", role="owner"))


def refused(**buyer) -> tuple[int, str]:
    """A refused surplus: its id, and where it is tried again."""
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card", quantity=2, **buyer)
    pay(order_id)
    edit(order_id, {variant_id: 1})
    db.session.rollback()
    with unit_of_work():
        found = db.session.scalars(select(Refund)).one()
        record_failure(found, "The card is closed.")
        return found.id, f"/payments/{found.payment_id}/refunds/{found.id}/attempts"


@pytest.mark.covers("PAY-05")
def test_a_refused_surplus_is_sent_as_store_credit_once(owner: App) -> None:
    buyer = a_customer()
    _, there = refused(visitor=buyer)
    sent = owner.send("POST", there, {"to": "credit"})
    told = {name: sent.json[name] for name in ("state", "to", "amount", "excess", "failure")}
    assert sent.status_code == 201
    assert told == {"state": "done", "to": "credit", "amount": "1499.00", "excess": "1499.00", "failure": None}
    assert [owner.send("POST", there, {"to": to}).status_code for to in ("credit", "original", "payout")] == [409] * 3
    db.session.rollback()
    assert (balance_of(buyer.user_id).minor, audit()) == (PRICE, [])


@pytest.mark.covers("PAY-05")
def test_a_guests_waits_for_an_account(owner: App) -> None:
    refund_id, there = refused()
    assert owner.send("POST", there, {"to": "credit"}).status_code == 409
    assert owner.send("POST", there, {"to": "the moon"}).status_code == 422
    assert owner.send("POST", there.replace(f"/{refund_id}/", "/99999/"), {}).status_code == 404
    assert owner.send("POST", there, {"to": "payout"}).json["state"] == "pending"
    db.session.rollback()
    assert db.session.get_one(Refund, refund_id).waits_for_payee
