"""Orders and their lines through the API: listed, looked at, cancelled."""

import pytest
from flask.testing import FlaskClient

from shop.aftersales.services import cancel_order
from shop.extensions import db
from shop.lib.actor import OPERATOR, SYSTEM
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.services import move_order
from shop.orders.states import OrderState
from shop.promotions.credit import services as credit
from shop.promotions.rules import Kind
from shop.stock.models import StockLevel
from tests.api.asking import App
from tests.api.buying import Buyer, orders
from tests.checkout.buying import pay
from tests.factories import a_user, a_variant
from tests.promotions.making import a_coupon
from tests.support.statements import statements

MINE, LINES = "/orders/my", "/order-items/my"


def order_of(buyer: Buyer, **changes: str) -> str:
    """The id of an order this buyer places now."""
    return str(buyer.place(**changes).json["id"])


def two_orders(client: FlaskClient) -> tuple[Buyer, str, str]:
    buyer = Buyer(client)
    first = order_of(buyer)
    buyer.fill(a_variant(), a_variant())
    return buyer, first, order_of(buyer)


@pytest.mark.covers("ORD-06")
def test_orders_are_listed_newest_first_in_parts(client: FlaskClient) -> None:
    buyer, first, second = two_orders(client)
    answer = buyer.get(MINE)
    assert ([order["id"] for order in answer.json], answer.headers["X-Total-Count"]) == ([second, first], "2")
    assert [order["id"] for order in buyer.get(MINE, skip=1, limit=1).json] == [first]
    assert len(answer.json[0]["lines"]) == 2


@pytest.mark.covers("ORD-06")
def test_orders_are_narrowed_by_status_and_words(client: FlaskClient) -> None:
    buyer, first, second = two_orders(client)
    number = buyer.get(f"{MINE}/{first}").json["number"]
    buyer.send("PUT", f"{MINE}/{first}/status", {"status_id": "cancelled"})
    for wanted, found in (({"status_id": "cancelled"}, [first]), ({"status_id": "placed"}, [second]),
                          ({"q": number}, [first]), ({"q": number, "status_id": "placed"}, [])):  # fmt: skip
        assert [order["id"] for order in buyer.get(MINE, **wanted).json] == found
    assert buyer.get(MINE, status_id="odd").status_code == 422


@pytest.mark.covers("ORD-06")
def test_more_orders_and_lines_ask_the_database_no_more(client: FlaskClient) -> None:
    buyer = Buyer(client)
    order_of(buyer)
    buyer.get(MINE)
    with statements() as few:
        buyer.get(MINE)
        buyer.get(LINES)
    for _ in range(3):
        buyer.fill(a_variant(), a_variant())
        order_of(buyer)
    with statements() as many:
        assert (len(buyer.get(MINE).json), len(buyer.get(LINES).json)) == (4, 7)
    assert len(many) == len(few)


@pytest.mark.covers("PAY-05", "ORD-06")
def test_an_order_tells_every_way_it_is_paid(client: FlaskClient) -> None:
    buyer = Buyer(client, a_variant(price=149900))
    with unit_of_work():
        credit.give(buyer.user.id, Money(25000), "Sorry for the wait", OPERATOR)
    item = order_of(buyer, use_store_credit="true", payment_type_id="card")

    def told() -> list[tuple[object, ...]]:
        alone, [listed] = buyer.get(f"{MINE}/{item}").json, buyer.get(MINE).json
        assert alone["tenders"] == listed["tenders"]
        return [
            (one["payment_type"], one["payment_type_label"], one["amount"], one["paid"]) for one in alone["tenders"]
        ]

    by_credit = ("credit", "Store credit", "250.00", True)
    assert told() == [by_credit, ("card", "Card", "1249.00", False)]
    pay(int(item))
    assert told() == [by_credit, ("card", "Card", "1249.00", True)]


@pytest.mark.covers("PRO-02", "ORD-06")
def test_an_order_that_costs_nothing_has_no_way_to_pay(client: FlaskClient) -> None:
    a_coupon(None, value=10_000)
    a_coupon(None, kind=Kind.FREE_DELIVERY, value=0)
    buyer = Buyer(client)
    told = buyer.get(f"{MINE}/{order_of(buyer)}").json
    assert (told["payment_type"], told["payment_type_id"], told["tenders"]) == (None, None, [])
    assert (told["payment_type_label"], told["total"]) == ("Nothing to pay", "0.00")


@pytest.mark.covers("ORD-04")
def test_an_order_shows_its_timeline_and_the_notes_meant_for_the_buyer(client: FlaskClient) -> None:
    buyer = Buyer(client)
    item = order_of(buyer)
    [order] = orders()
    move_order(order, OrderState.CONFIRMED, SYSTEM, "Thank you")
    move_order(order, OrderState.PACKED, SYSTEM, "box 7")
    shown = buyer.get(f"{MINE}/{item}").json
    assert [(move["status"], move["note"]) for move in shown["history"]] == [
        ("placed", ""), ("confirmed", "Thank you"), ("packed", "")]  # fmt: skip
    assert (shown["status"], shown["status_label"]) == ("packed", "Packed")


@pytest.mark.covers("PAY-02")
def test_an_order_says_where_it_is_paid_until_it_is(client: FlaskClient) -> None:
    buyer = Buyer(client)
    item = order_of(buyer, payment_type_id="card")
    url = buyer.get(f"{MINE}/{item}").json["payment_url"]
    assert client.get(url.partition("/order/")[1] + url.partition("/order/")[2]).status_code == 200
    pay(int(item))
    shown = buyer.get(f"{MINE}/{item}").json
    assert (shown["payment_url"], shown["payment_status"], shown["status"]) == (None, "paid", "confirmed")


@pytest.mark.covers("ORD-06")
@pytest.mark.parametrize("said", ["cancelled", "Cancelled", "10", 10])
def test_a_customer_cancels_and_the_goods_go_back(client: FlaskClient, said: str | int) -> None:
    buyer = Buyer(client)
    item = order_of(buyer)
    answer = buyer.send("PUT", f"{MINE}/{item}/status", {"status_id": said, "reason": "Too slow"})
    assert (answer.status_code, answer.json["status"]) == (200, "cancelled")
    assert answer.json["history"][-1]["note"] == "Too slow"
    [order] = orders()
    assert (order.state, db.session.query(StockLevel).one().reserved) == ("cancelled", 0)
    assert audit() == []


@pytest.mark.covers("API-03")
def test_a_form_cancels_as_well(client: FlaskClient) -> None:
    buyer = Buyer(client)
    path = f"/api/v1{MINE}/{order_of(buyer)}/status"
    assert client.put(path, data={"status_id": "cancelled"}, headers=buyer.headers).status_code == 200


@pytest.mark.covers("ORD-06")
@pytest.mark.parametrize("body", [{"status_id": "delivered"}, {"status_id": "6"}, {"status_id": "gone"}, {}])
def test_any_other_status_is_refused_with_what_is_allowed(client: FlaskClient, body: dict[str, str]) -> None:
    buyer = Buyer(client)
    answer = buyer.send("PUT", f"{MINE}/{order_of(buyer)}/status", body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["status_id"])
    assert not body or "cancelled" in answer.json["detail"]
    assert orders()[0].state == "placed"


@pytest.mark.covers("ORD-06")
@pytest.mark.parametrize("state", ["packed", "cancelled"])
def test_too_late_to_cancel_is_409(client: FlaskClient, state: str) -> None:
    buyer = Buyer(client)
    item = order_of(buyer)
    [order] = orders()
    if state == "packed":
        move_order(order, OrderState.CONFIRMED, SYSTEM)
        move_order(order, OrderState.PACKED, SYSTEM)
    else:
        cancel_order(order, SYSTEM)
    assert buyer.send("PUT", f"{MINE}/{item}/status", {"status_id": "cancelled"}).status_code == 409
    assert orders()[0].state == state


@pytest.mark.covers("ORD-08")
def test_lines_are_listed_by_order_and_by_product(client: FlaskClient) -> None:
    buyer, first, second = two_orders(client)
    lines = buyer.get(LINES).json
    assert [line["order_id"] for line in lines] == [second, second, first]
    assert [line["id"] for line in buyer.get(LINES, order_id=first).json] == [lines[2]["id"]]
    assert [line["id"] for line in buyer.get(LINES, product_id=lines[1]["product_id"]).json] == [lines[1]["id"]]
    part = buyer.get(LINES, skip=1, limit=1)
    assert ([line["id"] for line in part.json], part.headers["X-Total-Count"]) == ([lines[1]["id"]], "3")


@pytest.mark.covers("ORD-08")
def test_a_line_tells_what_was_bought(client: FlaskClient) -> None:
    buyer = Buyer(client, a_variant(price=105000, name="Breton tee"), quantity=2)
    order = buyer.place().json
    line = buyer.get(f"{LINES}/{order['lines'][0]['id']}").json
    expected = {"name": "Breton tee", "size": "M", "color": "Indigo", "quantity": 2, "unit_price": "1050.00",
                "total": "2100.00", "tax": "100.00", "order_number": order["number"], "status": "placed"}  # fmt: skip
    assert line.items() >= expected.items()
    assert line["thumbnail_url"].startswith("http")


@pytest.mark.covers("API-03")
def test_a_strangers_order_and_lines_answer_like_those_that_are_not_there(client: FlaskClient) -> None:
    buyer, other = Buyer(client), App(client, a_user())
    order = buyer.place().json
    line = order["lines"][0]["id"]
    cancel = {"status_id": "cancelled"}
    for method, path, body in (
        ("GET", f"{MINE}/%s", None),
        ("PUT", f"{MINE}/%s/status", cancel),
        ("GET", f"{LINES}/%s", None),
    ):
        theirs = other.send(method, path % (line if LINES in path else order["id"]), body)
        assert theirs.status_code == 404
        assert other.send(method, path % 999999, body).data == theirs.data
    assert (other.get(MINE).json, other.get(LINES).json, other.get(LINES, order_id=order["id"]).json) == ([], [], [])
    assert orders()[0].state == "placed"


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", MINE), ("GET", f"{MINE}/1"), ("PUT", f"{MINE}/1/status"), ("GET", LINES), ("GET", f"{LINES}/1")],
)
def test_orders_need_a_token(client: FlaskClient, method: str, path: str) -> None:
    assert App(client).send(method, path).status_code == 401
