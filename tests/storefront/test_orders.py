"""A person's orders in their account."""

from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.accounts.models import User
from shop.cart.queries import bag_of
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.states import OrderState, PaymentStanding
from shop.stock.models import StockLevel
from tests.checkout.buying import an_order, pay
from tests.factories import a_customer, a_product, a_user, a_variant
from tests.storefront.people import body, browser_of, signed_in
from tests.support.statements import BUDGET, statements

BOOK = "/account/orders"


class Placed(NamedTuple):
    """An order a test placed, by what stays readable after the unit that placed it."""

    id: int
    number: str


def order_of(user_id: int, *variant_ids: int, **more: Any) -> Placed:
    """The person's new order of these pieces."""
    variants = [db.session.get_one(Variant, variant_id) for variant_id in variant_ids]
    order = an_order(*variants, visitor=a_customer(db.session.get_one(User, user_id)), **more)
    return Placed(order.id, order.number)


def again(order: Placed) -> Order:
    """The order as it is in the database now."""
    db.session.rollback()
    return db.session.get_one(Order, order.id, populate_existing=True)


def move(order: Placed, state: OrderState) -> None:
    again(order).state = state


def bag(user_id: int) -> dict[int, int]:
    """Variants and quantities in the person's bag."""
    db.session.rollback()
    return {line.variant_id: line.quantity for line in bag_of(a_customer(db.session.get_one(User, user_id))).lines}


def on_shelf(variant_id: int) -> int:
    db.session.rollback()
    level = db.session.scalars(select(StockLevel).where(StockLevel.variant_id == variant_id)).one()
    return level.on_hand - level.reserved


@pytest.mark.covers("ORD-06")
def test_orders_are_listed_with_the_newest_first(client: FlaskClient):
    user = signed_in(client).id
    first, second = order_of(user), order_of(user)
    page = client.get(BOOK).text
    assert page.index(second.number) < page.index(first.number)
    assert second.number in client.get("/account").text


@pytest.mark.covers("ORD-06")
def test_orders_of_others_and_of_guests_are_not_listed(client: FlaskClient):
    theirs, guests = order_of(a_user().id), an_order().number
    signed_in(client)
    page = client.get(BOOK).text
    assert theirs.number not in page
    assert guests not in page


@pytest.mark.covers("ORD-06")
def test_orders_are_found_by_state_number_and_product(client: FlaskClient):
    user = signed_in(client).id
    kurta = order_of(user, a_product("Indigo kurta").variants[0].id)
    tee = order_of(user, a_product("Plain 100% tee").variants[0].id)
    move(tee, OrderState.DELIVERED)
    assert found(client, state="delivered") == {tee.number}
    assert found(client, state="open") == {kurta.number}
    assert found(client, state="cancelled") == set()
    assert found(client, q=" KURTA ") == {kurta.number}
    assert found(client, q="100%") == {tee.number}
    assert found(client, q=kurta.number.lower(), state="open") == {kurta.number}


def found(client: FlaskClient, **asked: str) -> set[str]:
    """The numbers of the orders a search shows."""
    page = client.get(BOOK, query_string=asked).text
    return {number for number in db.session.scalars(select(Order.number)) if f'{BOOK}/{number}"' in page}


@pytest.mark.parametrize(
    "asked",
    [{"state": "nonsense"}, {"q": "%_\\'\"\0"}, {"q": "x" * 10000}, {"page": "-5"}, {"page": "9" * 40},
     {"page": "one"}, {"page": "१"}, {"q": "☃"}],
)  # fmt: skip
def test_odd_searches_are_answered(client: FlaskClient, asked: dict[str, str]):
    order_of(signed_in(client).id)
    assert client.get(BOOK, query_string=asked).status_code == 200


@pytest.mark.covers("ORD-04", "ORD-06")
def test_detail_shows_lines_total_and_progress(client: FlaskClient):
    order = order_of(signed_in(client).id, a_product("Indigo kurta").variants[0].id)
    page = client.get(f"{BOOK}/{order.number}").text
    assert "Indigo kurta" in page
    assert "Order placed" in page


@pytest.mark.covers("ORD-06")
@pytest.mark.parametrize("verb", ["/cancellation", "/again"])
def test_order_of_someone_else_is_as_missing_as_one_that_never_was(client: FlaskClient, verb: str):
    theirs = order_of(a_user().id)
    signed_in(client)
    assert body(client.get(f"{BOOK}/{theirs.number}")) == body(client.get(f"{BOOK}/ORD-2026-9999"))
    stranger = client.post(f"{BOOK}/{theirs.number}{verb}")
    assert stranger.status_code == 404
    assert body(stranger) == body(client.post(f"{BOOK}/ORD-2026-9999{verb}"))
    assert again(theirs).state == OrderState.PLACED


@pytest.mark.covers("ORD-06")
def test_order_is_cancelled_with_its_reason_and_the_goods_are_back(client: FlaskClient):
    variant = a_variant(units=5).id
    order = order_of(signed_in(client).id, variant)
    assert client.post(f"{BOOK}/{order.number}/cancellation", data={"reason": "Wrong size"}).status_code == 303
    assert again(order).state == OrderState.CANCELLED
    assert again(order).history[-1].note == "Wrong size"
    assert on_shelf(variant) == 5
    assert audit() == []


@pytest.mark.covers("ORD-06", "PAY-05")
def test_paid_order_that_is_cancelled_is_refunded(client: FlaskClient):
    order = order_of(signed_in(client).id, payment="card")
    pay(order.id)
    client.post(f"{BOOK}/{order.number}/cancellation")
    assert again(order).state == OrderState.CANCELLED
    assert again(order).payment_standing in {PaymentStanding.REFUNDED, PaymentStanding.PAID}
    assert "Refund" in client.get(f"{BOOK}/{order.number}").text


@pytest.mark.covers("ORD-06")
def test_order_that_has_left_is_not_cancelled(client: FlaskClient):
    order = order_of(signed_in(client).id)
    move(order, OrderState.SHIPPED)
    assert client.post(f"{BOOK}/{order.number}/cancellation").status_code == 303
    assert again(order).state == OrderState.SHIPPED
    assert "Cancel this order" not in client.get(f"{BOOK}/{order.number}").text


def test_endless_reason_is_refused_and_kept(client: FlaskClient):
    order = order_of(signed_in(client).id)
    answer = client.post(f"{BOOK}/{order.number}/cancellation", data={"reason": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.text
    assert f"{BOOK}/{order.number}/cancellation" in answer.text


@pytest.mark.covers("ORD-06")
def test_bought_again_stands_in_the_bag_and_what_is_missing_is_told(client: FlaskClient):
    user = signed_in(client).id
    plenty, few, gone = (a_product(name, units=units) for name, units in (("Kurta", 9), ("Polo", 3), ("Shirt", 2)))
    kurta, polo, shirt, gone_id = plenty.variants[0].id, few.variants[0].id, gone.variants[0].id, gone.id
    order = order_of(user, kurta, polo, shirt, quantity=2)
    db.session.get_one(Product, gone_id).published_at = None
    assert client.post(f"{BOOK}/{order.number}/again").location == "/cart"
    assert bag(user) == {kurta: 2, polo: 1}
    with client.session_transaction() as cookie:
        told = [text for _tone, text in cookie["_flashes"]][-1]
    assert told == "Not there any more: Polo (Indigo, M): only 1 of 2; Shirt (Indigo, M)."


@pytest.mark.covers("ORD-06")
def test_buying_again_twice_never_asks_for_more_than_there_is(client: FlaskClient):
    user, variant = signed_in(client).id, a_variant(units=5).id
    order = order_of(user, variant, quantity=2)
    for _ in range(3):
        client.post(f"{BOOK}/{order.number}/again")
    assert bag(user) == {variant: 3}


def test_orders_need_a_login(client: FlaskClient):
    order = order_of(a_user().id)
    assert client.get(f"{BOOK}/{order.number}").location == f"/login?next=/account/orders/{order.number}"
    assert browser_of(client).post(f"{BOOK}/{order.number}/cancellation").location == "/login?next=/"
    assert again(order).state == OrderState.PLACED


@pytest.mark.parametrize("path", [BOOK, "/account", f"{BOOK}/NUMBER"])
def test_statements_do_not_grow_with_the_orders(client: FlaskClient, path: str):
    user = signed_in(client).id
    orders = [order_of(user, a_variant().id, a_variant().id, a_variant().id) for _ in range(12)]
    with statements() as seen:
        assert client.get(path.replace("NUMBER", orders[0].number)).status_code == 200
    assert len(seen) <= BUDGET, "\n".join(seen)


def test_long_lists_come_in_pages_that_keep_the_search(client: FlaskClient):
    user = signed_in(client).id
    for _ in range(11):
        order_of(user)
    page = client.get(f"{BOOK}?state=open").text
    assert "Page 1 of 2" in page
    assert "state=open&amp;page=2" in page
    assert "Page 2 of 2" in client.get(f"{BOOK}?page=2").text
