"""Payments, cards and UPI ids over the API: one's own, everybody's, refunds."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.invoices.services import issue_with_goods
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.models import Payment, Refund
from tests.api.asking import App
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_customer, a_user, a_variant
from tests.support.outbox import run_outbox
from tests.support.statements import statements

PRICE = 149900


def paid_by(buyer: Visitor) -> int:
    """The id of this person's payment of two pieces by card."""
    order_id = an_order_id(a_variant(price=PRICE), payment="card", quantity=2, visitor=buyer)
    pay(order_id)
    return payment_of(order_id)


def app_of(client: FlaskClient) -> tuple[App, Visitor]:
    """A customer, and an app that speaks for them."""
    user = a_user()
    buyer = a_customer(user)
    return App(client, user), buyer


def payment_of(order_id: int) -> int:
    db.session.rollback()
    return db.session.scalars(select(Payment.id).where(Payment.order_id == order_id)).one()


def order_line(payment_id: int) -> int:
    order_id = db.session.scalars(select(Payment.order_id).where(Payment.id == payment_id)).one()
    return db.session.get_one(Order, order_id).lines[0].id


def refund_states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Refund.state).order_by(Refund.id)))


@pytest.mark.covers("PAY-06")
def test_people_see_their_own_payments(client: FlaskClient) -> None:
    app, asha = app_of(client)
    mine, theirs = paid_by(asha), paid_by(a_customer())
    found = app.get("/payments/my")
    assert [(one["id"], one["payment_status"]) for one in found.json] == [(str(mine), "paid")]
    assert found.headers["X-Total-Count"] == "1"
    one = app.get(f"/payments/my/{mine}").json
    assert (one["payment_type"], one["refunded"], one["currency"]) == ("card", "0.00", "INR")
    assert app.get("/payments/my", order_id=one["order_id"]).json == [one]
    assert app.get("/payments/my", order_id=99999).json == []
    assert app.get(f"/payments/my/{theirs}").status_code == 404
    assert app.get(f"/card-details/my/by-payment/{theirs}").status_code == 404


@pytest.mark.covers("PAY-06")
def test_all_payments_are_narrowed(owner: App) -> None:
    asha = a_customer()
    card, cash = paid_by(asha), payment_of(an_order_id())
    told = {one["id"]: one for one in owner.get("/payments/").json}
    assert told.keys() == {str(card), str(cash)}
    for query in ({"user_id": asha.user_id}, {"order_id": told[str(card)]["order_id"]}, {"payment_types_id": "card"},
                  {"payment_status_id": told[str(card)]["payment_status_id"]}):  # fmt: skip
        assert [one["id"] for one in owner.get("/payments/", **query).json] == [str(card)]
    assert owner.get("/payments/", payment_types_id="shells").status_code == 422
    assert owner.get(f"/payments/{cash}").json == told[str(cash)]


@pytest.mark.covers("PAY-06")
def test_payments_are_found_by_the_number_of_an_invoice(client: FlaskClient, owner: App) -> None:
    app, asha = app_of(client)
    mine = paid_by(asha)
    paid_by(a_customer())
    order_id = db.session.scalars(select(Payment.order_id).where(Payment.id == mine)).one()
    number = issue_with_goods(db.session.get_one(Order, order_id)).number
    db.session.commit()
    for one, path in ((app, "/payments/my"), (owner, "/payments/")):
        assert [found["id"] for found in one.get(path, invoice_no=number).json] == [str(mine)]
        assert one.get(path, invoice_no="INV/none").json == []


@pytest.mark.covers("PAY-06")
def test_the_status_of_cash_is_set_by_hand(owner: App) -> None:
    card, cash = paid_by(a_customer()), payment_of(an_order_id())
    assert owner.send("PUT", f"/payments/{cash}/status", {"payment_status_id": "paid"}).json["payment_status"] == "paid"
    assert owner.send("PUT", f"/payments/{card}/status", {"payment_status_id": "failed"}).status_code == 409
    assert owner.send("PUT", f"/payments/{cash}/status", {"payment_status_id": "refunded"}).status_code == 422
    db.session.rollback()
    assert db.session.get_one(Payment, cash).state == "paid"
    assert audit() == []


@pytest.mark.covers("PAY-05")
def test_money_goes_back_by_line_by_amount_and_whole(owner: App) -> None:
    payment_id = paid_by(a_customer())
    there, line_id = f"/payments/{payment_id}/refunds", order_line(payment_id)
    made = owner.send("POST", there, {"lines": [{"order_item_id": line_id, "units": 1}], "reason": "Faded"})
    assert made.status_code == 201
    line = {"order_item_id": str(line_id), "units": 1, "amount": "1499.00"}
    assert (made.json[0]["amount"], made.json[0]["lines"]) == ("1499.00", [line])
    assert owner.send("POST", there, {"amount": "50.00", "reason": "Defective item"}).json[1]["amount"] == "50.00"
    owner.send("POST", there, {"reason": "All of it"})
    assert owner.send("POST", there, {"amount": "0.01", "reason": "Again"}).status_code == 409
    assert owner.send("POST", there, {"amount": "1.00", "delivery": "1.00", "reason": "Both"}).status_code == 422
    run_outbox()
    assert refund_states() == ["done"] * 3
    told = owner.get(f"/payments/{payment_id}").json
    assert (told["payment_status"], told["refunded"]) == ("refunded", told["amount"])
    assert [one["state"] for one in owner.get(there).json] == ["done"] * 3
    assert audit() == []


@pytest.mark.covers("PAY-05")
def test_the_same_key_gives_money_back_once(client: FlaskClient, owner: App) -> None:
    there = f"/payments/{paid_by(a_customer())}/refunds"
    owner.headers |= {"Idempotency-Key": "a-key-of-an-app"}
    asked = {"amount": "50.00", "reason": "Faded"}
    assert [owner.send("POST", there, asked).status_code for _ in range(2)] == [201, 201]
    assert len(refund_states()) == 1
    assert owner.send("POST", there, asked | {"amount": "60.00"}).status_code == 422


@pytest.mark.covers("PAY-04")
def test_cards_and_upi_ids_are_told_masked(client: FlaskClient, owner: App) -> None:
    mine, asha = app_of(client)
    card, upi = paid_by(asha), paid_by(asha)
    db.session.get_one(Payment, card).holder = "Asha Rao"
    row = db.session.get_one(Payment, upi)
    row.method, row.last_four, row.upi_id, order_id = "upi", None, "asha.rao@okaxis", row.order_id
    db.session.commit()
    told = {"payment_id": str(card), "brand": "Test card", "card_no": "···· 4242", "holder": "A···· R····"}
    for answer in (mine.get(f"/card-details/my/by-payment/{card}"), owner.get(f"/card-details/by-payment/{card}")):
        assert answer.json.items() >= told.items()
    assert [one["payment_id"] for one in owner.get("/card-details/").json] == [str(card)]
    shown = {"payment_id": str(upi), "order_id": str(order_id), "upi_id": "as····@okaxis"}
    assert mine.get(f"/upi-details/my/by-payment/{upi}").json == shown
    assert owner.get(f"/upi-details/by-payment/{upi}").json == shown
    for query in (
        {"upi_id": "Asha.Rao@okaxis"},
        {"payment_id": upi},
        {"user_id": asha.user_id},
        {"order_id": order_id},
    ):
        assert owner.get("/upi-details/", **query).json == [shown]
    assert owner.get("/upi-details/", upi_id="nobody@okaxis").json == []
    assert owner.get("/upi-details/", upi_id="nonsense").status_code == 422
    assert mine.get(f"/upi-details/my/by-payment/{card}").status_code == 404


@pytest.mark.covers("PAY-04")
@pytest.mark.parametrize("field", ["card_no", "cvv", "card_name"])
def test_card_details_are_refused_whatever_they_say(client: FlaskClient, field: str) -> None:
    app = App(client, a_user())
    refused = app.send("POST", "/orders/place-order", {"address_id": 1, "payment_type_id": "card", field: "4242"})
    assert refused.status_code == 422
    assert "payment page" in refused.text


def test_more_payments_ask_the_database_no_more(owner: App) -> None:
    paid_by(a_customer())
    with statements() as few:
        owner.get("/payments/")
    for _ in range(3):
        paid_by(a_customer())
    with statements() as many:
        owner.get("/payments/")
    assert len(many) <= len(few)
