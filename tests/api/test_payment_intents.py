"""Paying from an app: the bank's page for an order, and what the bank says afterwards."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from shop.cart.models import Cart
from shop.delivery.models import DeliveryMethod
from shop.extensions import db
from shop.lib.money import ZERO
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment, SandboxIntent
from tests.api.asking import App
from tests.checkout.buying import CARD_OK, a_ready_buyer, an_order_id, order_by
from tests.factories import a_customer, a_user, a_variant
from tests.promotions.making import a_coupon
from tests.support import recording

PRICE, COSTS = 149900, "1499.00"


class Payer(App):
    """An app of a person with an order that waits for their card."""

    def __init__(self, client: FlaskClient, payment: str = "card") -> None:
        user = a_user()
        buyer = a_customer(user)
        super().__init__(client, user)
        self.order_id = an_order_id(a_variant(price=PRICE), payment=payment, visitor=buyer)

    def open(self, **said: Any) -> Any:
        return self.send("POST", "/payments/intent", {"order_id": str(self.order_id)} | said)

    def confirm(self, payment: str, **said: Any) -> Any:
        return self.send("POST", "/payments/confirm", {"payment_intent_id": payment} | said)


def use_card() -> None:
    db.session.rollback()
    intent = db.session.scalars(select(SandboxIntent.id)).one()
    db.session.rollback()
    with unit_of_work():
        bank.pay_card(intent, CARD_OK)


def standing(order_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Order, order_id, populate_existing=True).payment_standing


@pytest.mark.covers("PAY-02")
def test_an_intent_leads_to_the_banks_page_and_confirming_asks_the_bank(client: FlaskClient) -> None:
    payer = Payer(client)
    opened = payer.open(amount=COSTS, currency="INR")
    assert opened.status_code == 201
    assert opened.json.items() >= {"amount": COSTS, "currency": "INR", "payment_type": "card"}.items()
    assert "/bank/sbx_" in opened.json["payment_url"]
    assert payer.open().json == opened.json
    recording.note_effect("POST", "/api/v1/payments/intent")
    intent = opened.json["payment_intent_id"]
    assert payer.confirm(intent).json["payment_status"] == "pending"
    use_card()
    confirmed = payer.confirm(intent, payment_method="card")
    assert (confirmed.status_code, confirmed.json["payment_status"]) == (200, "paid")
    assert standing(payer.order_id) == "paid"
    recording.note_effect("POST", "/api/v1/payments/confirm")
    assert payer.confirm(intent).json["payment_status"] == "paid"
    assert audit() == []


@pytest.mark.covers("PAY-02")
@pytest.mark.parametrize(("field", "value"), [("amount", "1.00"), ("amount", "1499.01"), ("amount", "-1499.00"),
                                              ("amount", "NaN"), ("amount", "१४९९"), ("currency", "BDT"),
                                              ("currency", "inr")])  # fmt: skip
def test_another_amount_or_currency_than_the_orders_is_refused(client: FlaskClient, field: str, value: str) -> None:
    answer = Payer(client).open(**{field: value})
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    db.session.rollback()
    assert db.session.scalars(select(SandboxIntent)).all() == []


@pytest.mark.covers("PAY-04")
@pytest.mark.parametrize("name", ["card_no", "cvv", "card_name"])
def test_a_card_sent_to_us_is_refused_and_repeated_nowhere(client: FlaskClient, name: str) -> None:
    payer = Payer(client)
    for answer in (payer.open(**{name: "4242424242424242"}), payer.confirm("1", **{name: "4242424242424242"})):
        assert (answer.status_code, list(answer.json["errors"])) == (422, [name])
        assert "payment page" in answer.json["errors"][name][0]
        assert "4242" not in answer.text


@pytest.mark.covers("PAY-02")
def test_an_order_without_anything_to_pay_at_a_bank_has_no_intent(client: FlaskClient) -> None:
    assert Payer(client, "cod").open().status_code == 409


@pytest.mark.covers("PAY-02")
def test_a_payment_is_confirmed_for_the_way_it_was_opened_for(client: FlaskClient) -> None:
    payer = Payer(client)
    intent = payer.open().json["payment_intent_id"]
    answer = payer.confirm(intent, payment_method="upi")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["payment_method"])


@pytest.mark.covers("PAY-02")
def test_a_bank_that_is_away_is_no_fault_of_the_apps(client: FlaskClient) -> None:
    payer = Payer(client)
    intent = payer.open().json["payment_intent_id"]
    db.session.scalars(select(Payment)).one().provider = "stripe"
    db.session.commit()
    assert (payer.open().status_code, payer.confirm(intent).status_code) == (503, 503)


@pytest.mark.covers("PAY-02")
def test_strangers_orders_and_payments_are_not_there(client: FlaskClient) -> None:
    payer, stranger = Payer(client), App(client, a_user())
    intent = payer.open().json["payment_intent_id"]
    asked = {"order_id": str(payer.order_id)}
    assert stranger.send("POST", "/payments/intent", asked).status_code == 404
    assert stranger.send("POST", "/payments/confirm", {"payment_intent_id": intent}).status_code == 404
    assert App(client).send("POST", "/payments/intent", asked).status_code == 401
    assert App(client).send("POST", "/payments/confirm", {"payment_intent_id": intent}).status_code == 401


@pytest.mark.covers("PAY-02", "PRO-02")
def test_an_order_that_a_coupon_paid_has_nothing_to_pay_at_the_bank(client: FlaskClient) -> None:
    user = a_user()
    payer, buyer = App(client, user), a_customer(user)
    a_ready_buyer(visitor=buyer, payment="card")
    a_coupon(value=10_000)
    db.session.execute(update(Cart).values(coupon_code="SAVE10"))
    db.session.execute(update(DeliveryMethod).values(base_charge=ZERO, charge_per_kg=ZERO))
    db.session.commit()
    order_id = order_by(buyer)
    assert payer.send("POST", "/payments/intent", {"order_id": str(order_id)}).status_code == 409
