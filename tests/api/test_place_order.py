"""Placing an order through the API."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.cart.models import CartLine
from shop.catalog.models import Variant
from shop.delivery.queries import methods
from shop.extensions import db
from shop.lib.actor import OPERATOR
from shop.lib.money import Money
from shop.operations.audit import audit
from shop.payments.models import Payment, SandboxIntent
from shop.payments.queries import due
from shop.promotions.credit import services as credit
from shop.promotions.credit.queries import balance_of
from shop.stock.models import StockLevel
from shop.store.setting_services import set_value
from shop.store.settings import UNPAID_ORDERS
from tests.api.asking import App
from tests.api.buying import PLACE, Buyer, orders
from tests.checkout.buying import pay
from tests.checkout.in_parts import ask_for_parts
from tests.factories import a_user, a_variant
from tests.promotions.making import a_coupon
from tests.support.barrier import all_at_once
from tests.support.statements import statements

MOST_STATEMENTS = 25


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.covers("ORD-01")
def test_the_bag_becomes_an_order_and_the_answer_tells_it(client: FlaskClient) -> None:
    variant = a_variant(price=100000, sale_price=80000, units=5)
    buyer = Buyer(client, variant, quantity=2)
    answer = buyer.place(total="1600.00")
    assert answer.status_code == 201
    told = {"status": "placed", "status_id": "1", "status_label": "Placed",
            "payment_status": "pending", "payment_status_id": "1", "payment_status_label": "Payment pending",
            "payment_type": "cod", "payment_type_id": "1", "payment_type_label": "Cash on delivery",
            "payment_url": None, "lines_total": "1600.00", "discount": "0.00", "delivery_charge": "0.00",
            "total": "1600.00", "currency": "INR"}  # fmt: skip
    assert answer.json.items() >= told.items()
    assert (answer.json["address"]["postal_code"], answer.json["lines"][0]["quantity"]) == ("560001", 2)
    [order] = orders()
    assert (str(order.id), order.number, order.user_id) == (answer.json["id"], answer.json["number"], buyer.user.id)
    assert (count(CartLine), db.session.scalars(select(StockLevel.reserved)).one()) == (0, 2)
    assert audit() == []


@pytest.mark.covers("PRO-01")
def test_an_order_names_its_discounts(client: FlaskClient) -> None:
    a_coupon(None, name="Autumn", value=500)
    told = Buyer(client, a_variant(price=100000)).place().json
    assert (told["discounts"], told["discount"]) == ([{"name": "Autumn", "amount": "50.00"}], "50.00")
    assert (told["lines_total"], told["lines"][0]["total"]) == ("1000.00", "950.00")


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("way", ["json", "data"])
def test_body_and_form_work_like_the_query(client: FlaskClient, way: str) -> None:
    buyer = Buyer(client)
    asked: dict[str, Any] = {way: {"address_id": str(buyer.address_id), "payment_type_id": 1}}
    answer = client.post(f"/api/v1{PLACE}", headers=buyer.headers, **asked)
    assert (answer.status_code, answer.json["payment_type"]) == (201, "cod")


@pytest.mark.covers("API-05")
@pytest.mark.parametrize(("said", "code"), [("2", "card"), ("UPI", "upi"), ("cod", "cod")])
def test_a_payment_type_goes_by_id_and_by_code(client: FlaskClient, said: str, code: str) -> None:
    assert Buyer(client).place(payment_type_id=said).json["payment_type"] == code


@pytest.mark.covers("ORD-09")
def test_the_cheapest_delivery_is_taken_unless_another_is_asked_for(client: FlaskClient) -> None:
    standard, express = (method.id for method in methods())
    buyer = Buyer(client, a_variant(price=50000))
    assert buyer.place().json["delivery_method_id"] == str(standard)
    buyer.fill(a_variant(price=50000))
    answer = buyer.place(delivery_method_id=express)
    assert (answer.json["delivery_method_id"], answer.json["total"]) == (str(express), "699.00")


@pytest.mark.covers("PAY-02")
def test_card_and_upi_come_with_the_banks_page(client: FlaskClient) -> None:
    answer = Buyer(client).place(payment_type_id="card")
    intent = db.session.scalars(select(SandboxIntent)).one()
    assert answer.json["payment_url"].endswith(f"/bank/{intent.id}")
    assert answer.json["payment_url"].startswith("http")
    assert db.session.scalars(select(Payment.reference)).one() == intent.id


@pytest.mark.covers("PAY-04")
def test_a_upi_id_stands_on_the_banks_page(client: FlaskClient) -> None:
    answer = Buyer(client).place(payment_type_id="upi", upi_id="success@sandbox")
    page = client.get(urlsplit(answer.json["payment_url"]).path)
    assert 'value="success@sandbox"' in page.text


@pytest.mark.covers("PAY-04")
@pytest.mark.parametrize("number", ["4242424242424242", "", "none"])
@pytest.mark.parametrize("place", ["query_string", "json", "data"])
def test_a_card_number_is_refused_whatever_it_says_and_repeated_nowhere(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], place: str, number: str
) -> None:
    buyer = Buyer(client)
    asked = {"address_id": buyer.address_id, "payment_type_id": "card", "card_no": number}
    answer = client.post(f"/api/v1{PLACE}", headers=buyer.headers, **{place: asked})  # type: ignore[arg-type]
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["card_no"])
    assert "payment page" in answer.json["errors"]["card_no"][0]
    written = "".join(capsys.readouterr())
    assert not number or number not in answer.text + written or number == "none"
    assert orders() == []


@pytest.mark.covers("ORD-01")
@pytest.mark.parametrize(
    ("field", "value"),
    [("payment_type_id", "gold"), ("payment_type_id", "99"), ("payment_type_id", ""), ("address_id", "home"),
     ("delivery_method_id", "999999"), ("email", "asha"), ("total", "much"), ("upi_id", "asha"),
     ("upi_id", "asha@bank"), ("card_name", "Asha Rao"), ("use_store_credit", "some")],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_told_at_its_field(client: FlaskClient, field: str, value: str) -> None:
    answer = Buyer(client).place(**{field: value})
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert (orders(), count(CartLine)) == ([], 1)


@pytest.mark.covers("ORD-01")
def test_address_and_payment_are_needed(client: FlaskClient) -> None:
    answer = App(client, a_user()).send("POST", PLACE)
    assert (answer.status_code, set(answer.json["errors"])) == (422, {"address_id", "payment_type_id"})


@pytest.mark.covers("ORD-01")
def test_nobody_orders_for_somebody_else(client: FlaskClient) -> None:
    buyer, other = Buyer(client), a_user()
    assert buyer.place(user_id=other.id).status_code == 403
    assert orders() == []
    assert buyer.place(user_id=buyer.user.id).status_code == 201


@pytest.mark.covers("API-03")
def test_a_strangers_address_answers_like_one_that_is_not_there(client: FlaskClient) -> None:
    buyer, other = Buyer(client), Buyer(client)
    theirs = buyer.place(address_id=other.address_id)
    assert theirs.status_code == 404
    assert buyer.place(address_id=999999).data == theirs.data
    assert orders() == []


@pytest.mark.covers("ORD-01")
def test_who_has_no_email_has_to_give_one(client: FlaskClient) -> None:
    user = a_user(phone="+919845012346")
    user.email = None
    buyer = Buyer(client, user=user)
    assert list(buyer.place().json["errors"]) == ["email"]
    assert buyer.place(email="Asha@Example.com").json["email"] == "asha@example.com"


@pytest.mark.covers("ORD-01")
def test_an_empty_bag_and_one_that_sold_out_are_409(client: FlaskClient) -> None:
    variant = a_variant(units=1)
    late, quick = Buyer(client, variant), Buyer(client, variant)
    quick.place()
    assert late.place().status_code == 409
    assert quick.place().status_code == 409
    assert (len(orders()), count(CartLine)) == (1, 1)
    assert audit() == []


@pytest.mark.covers("CRT-02")
@pytest.mark.parametrize("agreed", [{}, {"total": "1499.00"}, {"total": "0"}])
def test_a_price_that_changed_is_409_with_the_new_total_until_it_is_agreed_to(
    client: FlaskClient, agreed: dict[str, str]
) -> None:
    variant = a_variant(price=149900)
    buyer = Buyer(client, variant)
    variant.price = Money(159900)
    answer = buyer.place(**agreed)
    assert (answer.status_code, answer.json["total"]) == (409, "1599.00")
    assert (orders(), count(CartLine)) == ([], 1)
    assert buyer.place(total=answer.json["total"]).status_code == 201


@pytest.mark.covers("ORD-01")
def test_the_same_key_gives_the_same_order_and_another_body_is_refused(client: FlaskClient) -> None:
    buyer = Buyer(client)
    first, again = buyer.place("key-1"), buyer.place("key-1")
    assert (first.status_code, again.status_code, first.json) == (201, 201, again.json)
    assert buyer.place("key-1", payment_type_id="card").status_code == 422
    assert len(orders()) == 1
    other = Buyer(client)
    assert other.place("key-1").json["id"] != first.json["id"]


@pytest.mark.covers("ORD-01")
def test_a_key_whose_order_was_refused_may_be_used_again(client: FlaskClient) -> None:
    buyer = Buyer(client)
    assert buyer.place("key-1", total="1.00").status_code == 409
    assert buyer.place("key-1").status_code == 201


@pytest.mark.covers("ORD-01", "PAY-05")
@pytest.mark.parametrize(("balance", "way", "left"), [(500000, "credit", 0), (25000, "card", 124900)])
def test_store_credit_pays_first_where_the_app_asks_for_it(
    client: FlaskClient, balance: int, way: str, left: int
) -> None:
    buyer = Buyer(client, a_variant(price=149900))
    credit.give(buyer.user.id, Money(balance), "Sorry for the wait", OPERATOR)
    db.session.commit()
    told = buyer.place("key-1", payment_type_id="card", use_store_credit="true").json
    assert (told["payment_type"], told["total"], bool(told["payment_url"])) == (way, "1499.00", bool(left))
    [order] = orders()
    assert due(order) == Money(left)
    assert balance_of(buyer.user.id) == Money(max(balance - 149900, 0))
    assert buyer.place("key-1", payment_type_id="card").status_code == 422
    buyer.fill(a_variant(price=149900))
    buyer.place(payment_type_id="card")
    assert due(orders()[1]) == Money(149900)
    assert audit() == []


@pytest.mark.covers("ORD-01", "PAY-01")
def test_who_owes_a_part_before_cash_gets_the_banks_page_for_it(client: FlaskClient) -> None:
    ask_for_parts()
    buyer = Buyer(client, a_variant(price=150000))
    for said in ("cod", "gold"):
        assert list(buyer.place(part_payment_type_id=said).json["errors"]) == ["part_payment_type_id"]
    told = buyer.place(part_payment_type_id="card").json
    assert (told["payment_type"], told["prepaid"], told["total"]) == ("cod", "300.00", "1500.00")
    assert "/bank/" in told["payment_url"]
    [order] = orders()
    pay(order.id)
    now = buyer.send("GET", f"/orders/my/{told['id']}").json
    assert (now["status"], now["payment_status"], now["payment_url"]) == ("confirmed", "pending", None)
    buyer.fill(a_variant(price=150000))
    assert buyer.place().json["payment_url"]
    assert audit() == []


@pytest.mark.faults
@pytest.mark.covers("ORD-01")
@pytest.mark.parametrize("payment", ["cod", "card"])
def test_twenty_identical_posts_make_one_order(app: Flask, client: FlaskClient, payment: str) -> None:
    buyer = Buyer(client, a_variant(units=50))
    address, headers = buyer.address_id, buyer.headers | {"Idempotency-Key": "one-key"}
    asked = {"address_id": address, "payment_type_id": payment}

    def post(_number: int) -> tuple[int, str, str]:
        answer = app.test_client().post(f"/api/v1{PLACE}", json=asked, headers=headers)
        return answer.status_code, answer.json["id"], answer.json["payment_url"]

    told = all_at_once(app, post, 20)
    assert len(set(map(str, told))) == 1, told
    assert told[0][0] == 201  # type: ignore[index]
    assert (len(orders()), count(Payment)) == (1, 1)
    assert audit() == []


@pytest.mark.faults
def test_control_twenty_posts_with_keys_of_their_own_and_a_bag_that_stays_make_many(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.checkout.services.placing._clear", lambda cart: None)
    buyer = Buyer(client, a_variant(units=50))
    address, headers = buyer.address_id, buyer.headers
    asked = {"address_id": address, "payment_type_id": "cod"}

    def post(number: int) -> int:
        mine = headers | {"Idempotency-Key": f"key-{number}"}
        return app.test_client().post(f"/api/v1{PLACE}", json=asked, headers=mine).status_code

    all_at_once(app, post, 20)
    assert len(orders()) > 1


@pytest.mark.covers("ORD-01")
@pytest.mark.parametrize("payment", ["cod", "card"])
def test_placing_asks_the_database_little(client: FlaskClient, engine: str, payment: str) -> None:
    """In a shop that has taken orders before. SQLite takes the lines of an order one by one."""
    set_value(UNPAID_ORDERS, 5)
    Buyer(client, a_variant(), a_variant(), a_variant()).place("key-0", payment_type_id=payment)
    same = list(db.session.scalars(select(Variant.id)))
    for key in ("key-1", "key-2"):
        buyer = Buyer(client, *db.session.scalars(select(Variant).where(Variant.id.in_(same))))
        with statements() as seen:
            assert buyer.place(key, payment_type_id=payment).status_code == 201
    allowed = MOST_STATEMENTS + 8 * (payment == "card") + 2 * (engine == "sqlite")
    assert len(seen) <= allowed, "\n".join(seen)


@pytest.mark.covers("ORD-01", "API-03")
def test_app_with_too_many_unpaid_orders_is_told_which_they_are(client: FlaskClient) -> None:
    set_value(UNPAID_ORDERS, 1)
    first = (buyer := Buyer(client)).place().json
    buyer.fill()
    refused = buyer.place("key-1")
    assert (refused.status_code, refused.content_type) == (409, "application/problem+json")
    assert refused.json["detail"].startswith("You have an order that is not paid or confirmed yet.")
    assert refused.json["most"] == 1
    assert refused.json["open_orders"] == [{"id": first["id"], "number": first["number"]}]
    assert buyer.send("PUT", f"/orders/my/{first['id']}/status", {"status_id": "cancelled"}).status_code == 200
    assert buyer.place("key-1").status_code == 201


@pytest.mark.covers("API-03")
def test_placing_needs_a_token(client: FlaskClient) -> None:
    assert App(client).send("POST", PLACE).status_code == 401
