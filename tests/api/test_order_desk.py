"""All orders through the API: found, walked along their way, changed, put away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.accounts.permissions import Permission as P
from shop.aftersales.services import cancel_order
from shop.extensions import db
from shop.invoices.services import draft_invoice
from shop.lib.actor import SYSTEM
from shop.lib.money import Money
from shop.operations.audit import audit
from shop.orders.models import Order
from tests.api.asking import App
from tests.checkout.buying import an_order_id, pay
from tests.checkout.in_parts import REST, an_order_in_parts, ask_for_parts
from tests.factories import a_customer, a_user, a_variant
from tests.fulfilment.walk import act, an_order_that_is, order_of, parcel_of
from tests.matrix.people import holding
from tests.support.outbox import run_outbox
from tests.support.statements import statements


def numbers(answer: Any) -> set[str]:
    assert answer.status_code == 200, answer.json
    return {order["number"] for order in answer.json}


def number_of(order_id: int) -> str:
    return order_of(order_id).number


def an_order_of_asha() -> tuple[int, int]:
    """The ids of a person and of her order."""
    asha = a_user("asha@example.com")
    user_id = asha.id
    return user_id, an_order_id(visitor=a_customer(asha))


@pytest.mark.covers("ORD-07", "ACC-07")
def test_the_buyers_secret_link_is_not_for_the_desk(owner: App) -> None:
    order = order_of(an_order_id(payment="card"))
    for answer in (owner.get(f"/orders/{order.id}"), owner.get("/orders/")):
        assert order.token not in answer.text


@pytest.mark.covers("ORD-07")
def test_orders_are_found_by_state_money_person_day_and_words(owner: App) -> None:
    asha, order_id = an_order_of_asha()
    cash = number_of(order_id)
    paid_id = an_order_id(payment="card")
    pay(paid_id)
    paid = number_of(paid_id)
    for query, found in (
        ({}, {cash, paid}), ({"status_id": "pending"}, {cash}), ({"status_id": "2"}, {paid}),
        ({"payment_status_id": "success"}, {paid}), ({"payment_type_id": "cod"}, {cash}),
        ({"user_id": asha}, {cash}), ({"q": paid.lower()}, {paid}), ({"start_date": "2090-01-01"}, set()),
        ({"end_date": "2020-01-01"}, set()), ({"min_total": "0.01", "max_total": "99999"}, {cash, paid}),
        ({"max_total": "1.00"}, set()), ({"archived": True}, set()), ({"limit": 1}, {paid}),
    ):  # fmt: skip
        assert numbers(owner.get("/orders/", **query)) == found, query
    assert owner.get("/orders/").headers["X-Total-Count"] == "2"
    assert owner.get("/orders/", status_id="lost").status_code == 422


def test_more_orders_ask_the_database_no_more(owner: App) -> None:
    an_order_id()
    owner.get("/orders/")
    with statements() as few:
        owner.get("/orders/")
    for _ in range(3):
        an_order_id(a_variant(), a_variant())
    with statements() as many:
        assert len(owner.get("/orders/").json) == 4
    assert len(many) == len(few)


@pytest.mark.covers("ORD-03", "ORD-05")
def test_an_order_is_walked_to_the_door_by_the_documents_names(owner: App) -> None:
    order_id = an_order_that_is("placed")
    path = f"/orders/{order_id}/status"
    for said, state in (("paid", "confirmed"), ("processing", "packed")):
        assert owner.send("PUT", path, {"status_id": said}).json["status"] == state
    missing = owner.send("PUT", path, {"status_id": "shipped", "carrier": "Delhivery"})
    assert (missing.status_code, list(missing.json["errors"])) == (422, ["tracking_number"])
    shipped = owner.send("POST", f"/orders/{order_id}/ship", {"carrier": "Delhivery", "tracking_number": "DL 7"})
    assert (shipped.json["status"], parcel_of(order_id).tracking_number) == ("shipped", "DL 7")
    assert owner.send("PUT", path, {"status_id": "out_for_delivery"}).status_code == 200
    otp = parcel_of(order_id).otp
    wrong = owner.send("POST", f"/orders/{order_id}/deliver", {"otp": "000000" if otp != "000000" else "111111"})
    assert (wrong.status_code, parcel_of(order_id).otp_failures) == (422, 1)
    assert owner.send("POST", f"/orders/{order_id}/deliver", {}).status_code == 422
    assert owner.send("PUT", path, {"status_id": "completed", "otp": otp}).json["status"] == "delivered"
    assert order_of(order_id).state == "delivered"
    assert audit() == []


@pytest.mark.covers("ORD-03", "ORD-05")
def test_what_nobody_took_comes_back(owner: App) -> None:
    order_id = an_order_that_is("out_for_delivery")
    path = f"/orders/{order_id}/status"
    assert list(owner.send("PUT", path, {"status_id": "delivery_failed"}).json["errors"]) == ["notes"]
    for said in ({"status_id": "delivery_failed", "notes": "Changed their mind", "refused": True},
                 {"status_id": "returning"}, {"status_id": "returned"}):  # fmt: skip
        answer = owner.send("PUT", path, said)
        assert answer.status_code == 200, answer.json
    assert order_of(order_id).state == "returned"
    assert parcel_of(order_id).refused_at
    assert audit() == []


@pytest.mark.covers("ORD-03")
@pytest.mark.parametrize(("state", "said", "status"), [
    ("placed", "packed", 409), ("placed", "shipped", 409), ("placed", "placed", 409), ("packed", "delivered", 409),
    ("shipped", "cancelled", 409), ("placed", "refunded", 422), ("placed", "lost", 422),
])  # fmt: skip
def test_any_other_move_is_refused_and_changes_nothing(owner: App, state: str, said: str, status: int) -> None:
    order_id = an_order_that_is(state)
    body = {"status_id": said, "carrier": "Ekart", "tracking_number": "E1", "override_reason": "Said so"}
    assert owner.send("PUT", f"/orders/{order_id}/status", body).status_code == status
    assert order_of(order_id).state == state


@pytest.mark.covers("ACC-12", "ORD-03")
def test_cancelling_needs_its_own_permission(client: FlaskClient) -> None:
    mover = App(client, holding({P.ORDER_UPDATE}, "mover")[0])
    canceller = App(client, holding({P.ORDER_UPDATE, P.ORDER_CANCEL}, "canceller")[0])
    order_id = an_order_that_is("placed")
    path, cancelled = f"/orders/{order_id}/status", {"status_id": "cancelled", "notes": "Phoned"}
    assert mover.send("PUT", path, cancelled).status_code == 403
    assert mover.send("PUT", f"/orders/{order_id}", {"cod_collected": True}).status_code == 403
    assert order_of(order_id).state == "placed"
    assert canceller.send("PUT", path, cancelled).status_code == 200
    assert order_of(order_id).history[-1].note == "Phoned"


@pytest.mark.covers("ORD-04")
def test_the_history_says_from_to_who_and_where_from(owner: App) -> None:
    order_id = an_order_that_is("placed")
    owner.send("PUT", f"/orders/{order_id}/status", {"status_id": "confirmed", "notes": "Thank you"})
    owner.send("PUT", f"/orders/{order_id}", {"notes": "Rings twice"})
    told = owner.get(f"/orders/{order_id}/history").json
    assert [(row["from_status"], row["status"], row["note"]) for row in told] == [
        (None, "placed", ""), ("placed", "confirmed", "Thank you"), ("confirmed", "confirmed", "Rings twice"),
    ]  # fmt: skip
    assert (told[1]["by"], told[1]["by_kind"], told[1]["ip"]) == ("Meera Nair", "staff", "127.0.0.1")
    assert told[1]["at"]


@pytest.mark.covers("ORD-07")
def test_other_days_are_promised_and_wrong_ones_refused(owner: App) -> None:
    order_id = an_order_that_is("confirmed")
    day = order_of(order_id).placed_at.date()
    path, first, last = f"/orders/{order_id}", day + timedelta(3), day + timedelta(5)
    answer = owner.send("PUT", path, {"delivery_date": f"{first}", "delivery_date_to": f"{last}"})
    assert (answer.json["arrives_from"], answer.json["arrives_to"]) == (f"{first}", f"{last}")
    assert order_of(order_id).history[-1].note == f"Delivery promised for {first} to {last}"
    for body in ({"delivery_date": f"{last}", "delivery_date_to": f"{first}"}, {"delivery_date_to": f"{last}"},
                 {"delivery_date": "2999-01-01"}, {"delivery_date": "soon"}):  # fmt: skip
        assert owner.send("PUT", path, body).status_code == 422, body
    assert owner.send("PUT", path, {}).status_code == 400
    assert order_of(order_id).arrives_to == last
    delivered = an_order_that_is("delivered")
    assert owner.send("PUT", f"/orders/{delivered}", {"delivery_date": f"{first}"}).status_code == 409


@pytest.mark.covers("ORD-07")
def test_cash_is_noted_once_and_only_the_whole_of_it(owner: App) -> None:
    order_id = an_order_that_is("delivered")
    path, due = f"/orders/{order_id}", order_of(order_id).total.plain
    assert list(owner.send("PUT", path, {"cod_amount": "1.00"}).json["errors"]) == ["cod_amount"]
    assert owner.send("PUT", path, {"cod_amount": due, "cod_collected": True}).json["payment_status"] == "paid"
    assert owner.send("PUT", path, {"cod_collected": True}).status_code == 409
    assert order_of(order_id).payment_standing == "paid"


@pytest.mark.covers("ORD-07")
def test_orders_tell_what_the_courier_collects_and_whether_it_came_in(owner: App) -> None:
    cash_id, paid_id = an_order_that_is("delivered"), an_order_id(payment="card")
    pay(paid_id)
    due = order_of(cash_id).total.plain

    def told() -> dict[Any, Any]:
        listed = {order["id"]: (order["cod_amount"], order["cod_collected"]) for order in owner.get("/orders/").json}
        alone = [owner.get(f"/orders/{order_id}").json for order_id in (cash_id, paid_id)]
        assert listed == {order["id"]: (order["cod_amount"], order["cod_collected"]) for order in alone}
        return listed

    assert told() == {str(cash_id): (due, False), str(paid_id): ("0.00", False)}
    owner.send("PUT", f"/orders/{cash_id}", {"cod_collected": True})
    assert told()[str(cash_id)] == (due, True)


@pytest.mark.covers("ORD-07", "PAY-01")
def test_what_was_paid_before_is_none_of_the_couriers_cash(owner: App) -> None:
    ask_for_parts()
    order_id = an_order_in_parts()
    pay(order_id)
    assert owner.get(f"/orders/{order_id}").json["cod_amount"] == Money(REST).plain


@pytest.mark.covers("ORD-11", "PAY-07")
def test_an_order_with_a_draft_of_an_invoice_is_not_put_away(owner: App) -> None:
    order_id = an_order_that_is("placed")
    act(draft_invoice, order_of(order_id), SYSTEM)
    act(cancel_order, order_of(order_id), SYSTEM)
    run_outbox()
    refused = owner.send("DELETE", f"/orders/{order_id}")
    assert (refused.status_code, order_of(order_id).archived_at) == (409, None)
    assert refused.json["detail"].startswith("An invoice was made out for this order")


@pytest.mark.covers("ORD-11")
def test_only_what_nothing_moved_for_is_put_away(owner: App) -> None:
    open_id, cancelled_id, paid_id = an_order_that_is("placed"), an_order_that_is("placed"), an_order_id(payment="card")
    pay(paid_id)
    for order_id in (cancelled_id, paid_id):
        act(cancel_order, order_of(order_id), SYSTEM)
    refused = owner.send("DELETE", f"/orders/{open_id}")
    assert (refused.status_code, refused.json["detail"]) == (409, "Orders are not deleted: cancel it instead.")
    assert owner.send("DELETE", f"/orders/{paid_id}").status_code == 409
    for _ in range(2):
        assert owner.send("DELETE", f"/orders/{cancelled_id}").json == {"deleted": True}
    order = order_of(cancelled_id)
    assert [(row.actor, row.note) for row in order.history][-1] == ("Meera Nair", "Archived")
    assert [row.note for row in order.history].count("Archived") == 1
    assert order.number not in numbers(owner.get("/orders/"))
    assert numbers(owner.get("/orders/", archived=True)) == {order.number}
    assert owner.get(f"/orders/{cancelled_id}").json["archived_at"]
    assert db.session.query(Order).count() == 3
    assert audit() == []


@pytest.mark.covers("ORD-08")
def test_lines_of_everybody_are_found_by_order_person_and_product(owner: App) -> None:
    asha, theirs = an_order_of_asha()
    others = an_order_id()
    line = order_of(theirs).lines[0]
    line_id, product_id = str(line.id), line.product_id
    assert len(owner.get("/order-items/").json) == 2
    for query in ({"order_id": theirs}, {"user_id": asha}, {"product_id": product_id}):
        assert [row["id"] for row in owner.get("/order-items/", **query).json] == [line_id], query
    assert owner.get(f"/order-items/{line_id}").json["order_id"] == str(theirs)
    assert owner.get("/order-items/", order_id=others, user_id=asha).json == []
    assert [owner.send(method, path).status_code for method, path in (
        ("POST", "/order-items/"), ("PUT", f"/order-items/{line_id}"), ("DELETE", f"/order-items/{line_id}"),
        ("POST", "/orders/"))] == [405] * 4  # fmt: skip


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_order_that_is_not_there_is_404(owner: App, method: str) -> None:
    body = {"notes": "Hello"} if method == "PUT" else None
    assert owner.send(method, "/orders/987654", body).status_code == 404
    assert owner.send("PUT", "/orders/987654/status", {"status_id": "confirmed"}).status_code == 404
