"""Numbers nobody means, and prices the buyer writes: refused or ignored at every door, and nothing is written."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from shop.cart import services as cart_services
from shop.cart.models import CartLine
from shop.extensions import db
from shop.orders.models import Order
from shop.promotions.models import Redemption
from tests.api.buying import Buyer
from tests.checkout.buying import an_order_id, total_of
from tests.factories import a_user, a_variant
from tests.promotions.making import a_coupon
from tests.staff.desk import as_role
from tests.storefront.shoppers import KEY, at_review, with_bag
from tests.support.shops import ShopClient

TYPED = ["-1", "0", "0.5", "1e9", "NaN", "Infinity", "٣", "³", "1_0", "0x10", "true", "[2]", "1,000", "2 3", "9" * 40]
SAID = [-1, 0, 0.5, 1e9, float("nan"), float("inf"), *TYPED, "", None, [], [2], {}, {"a": 1}, True, False, 10**30]
NO_AMOUNTS = [value for value in SAID if value not in (0, 0.5, 1e9, "0", "0.5")]
Answer = TestResponse
Ask = Callable[[Any], Answer]
HTMX = {"HX-Request": "true", "HX-Target": "bag"}
FORGED = {"price": "1", "unit_price": "1", "unit_price_seen": "1", "total": "1", "lines_total": "1", "tax": "0",
          "delivery_charge": "-5.00", "payment_fee": "-5.00", "tax_added": "-5.00", "discount": "149900", "amount": "1",
          "final_amount": "1", "currency": "USD"}  # fmt: skip


def written() -> tuple[Any, ...]:
    """Everything a number may change: lines of bags, orders with their money, uses of coupons."""
    db.session.rollback()
    lines = db.session.execute(select(CartLine.quantity, CartLine.saved_at.is_(None)).order_by(CartLine.id)).all()
    orders = db.session.execute(select(Order.total, Order.discount, Order.currency)).all()
    return lines, orders, db.session.scalar(select(func.count(Redemption.id)))


def _bag(client: ShopClient) -> list[Ask]:
    """The forms of the bag, as pages and as htmx sends them."""
    variant_id = a_variant(units=500).id
    guest = with_bag(client, a_variant(units=500))
    saved = cart_services.save_variant(guest, a_variant().id, 2).id
    line = db.session.scalars(select(CartLine.id).where(CartLine.saved_at.is_(None))).one()
    db.session.commit()

    def form(path: str, headers: dict[str, str], **more: Any) -> Ask:
        return lambda value: client.post(path, data={"quantity": value, **more}, headers=headers)

    return [
        ask
        for headers in ({}, HTMX)
        for ask in (
            form("/cart/lines", headers, variant_id=variant_id),
            form(f"/cart/lines/{line}", headers),
            form("/cart/saved", headers, variant_id=variant_id),
            form(f"/cart/saved/{saved}/bag-line", headers),
            lambda value, headers=headers: client.post("/cart/lines", data={"variant_id": value}, headers=headers),
        )
    ]


def _bag_of_apps(client: FlaskClient) -> list[Ask]:
    app = Buyer(client, a_variant(units=500))
    product_id = a_variant(units=500).product_id
    db.session.commit()
    line = app.get("/cart-items/").json[0]["id"]
    new = {"product_id": str(product_id), "size": "M"}
    return [
        _says(app, "POST", "/cart-items/", "quantity", new),
        _says(app, "PUT", f"/cart-items/{line}", "quantity", {}),
    ]


def _says(app: Buyer, method: str, path: str, field: str, more: dict[str, Any]) -> Ask:
    """As JSON, which knows NaN and Infinity in Python's way of writing it."""

    def ask(value: Any) -> Answer:
        body = json.dumps(more | {field: value})
        address = f"/api/v1{path}"
        return app.client.open(address, method=method, data=body, content_type="application/json", headers=app.headers)

    return ask


def _phone_order(client: ShopClient) -> list[Ask]:
    variant, user = a_variant(units=500), a_user("asha@example.com")
    sent = {"email": "ravi@example.com", "address": "new", "name": "Ravi Menon", "phone": "98450 54321", "house": "7",
            "street": "Residency Road", "postal_code": "560001", "payment": "cod", "sku": [variant.sku]}  # fmt: skip
    path = f"/staff/orders/new/{user.id}"
    db.session.commit()
    owner = as_role(client)
    return [
        lambda value: owner.post(path, data=sent | {"quantity": [value], "op": "price"}),
        lambda value: owner.post(f"{path}/order", data=sent | {"quantity": [value], "seen": "149900", "key": "one"}),
    ]


@pytest.mark.covers("CRT-01", "ORD-01")
@pytest.mark.parametrize(
    ("door", "values"),
    [(_bag, TYPED), (_bag_of_apps, SAID), (_phone_order, TYPED)],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_quantity_that_is_none_is_refused(
    client: ShopClient, door: Callable[[ShopClient], list[Ask]], values: list[Any]
) -> None:
    asks = door(client)
    before = written()
    for number, ask in enumerate(asks):
        for value in values:
            answer = ask(value)
            assert (answer.status_code in {303, 404, 422}, number, value, written()) == (True, number, value, before)


@pytest.mark.covers("ORD-01")
def test_a_total_is_only_ever_compared_whatever_a_browser_sends(client: ShopClient) -> None:
    at_review(client)
    before = written()
    for value in [*TYPED, "", "1", "999999999"]:
        answer = client.post("/checkout/review", data={"key": KEY, "seen_total": value})
        assert (answer.status_code in {303, 409}, written()) == (True, before), value
        assert "/order/" not in (answer.location or "")


@pytest.mark.covers("ORD-01", "PRO-02")
def test_prices_discounts_and_currencies_of_a_browser_are_ignored(client: ShopClient) -> None:
    variant = a_variant(price=149900)
    buyer = at_review(client, variant)
    client.post("/cart/lines", data=FORGED | {"variant_id": a_variant(price=100000).id})
    client.post("/checkout/payment", data=FORGED | {"method": "cod"})
    total = total_of(buyer)
    answer = client.post("/checkout/review", data=FORGED | {"key": KEY, "seen_total": total})
    assert answer.location.startswith("/order/")
    db.session.rollback()
    order = db.session.scalars(select(Order)).one()
    assert (order.total.minor, order.lines_total.minor, order.discount.minor) == (total, 249900, 0)
    assert order.currency == "INR"


@pytest.mark.covers("ORD-01")
def test_an_app_names_no_price_and_its_total_is_only_compared(client: FlaskClient) -> None:
    app = Buyer(client, a_variant(price=149900))
    asked = {"address_id": str(app.address_id), "payment_type_id": "cod"}
    before = written()
    total = _says(app, "POST", "/orders/place-order", "total", asked)
    for value in SAID:
        answer = total(value)
        assert (answer.status_code in {409, 422}, written()) == (True, before), value
    for name in ("price", "discount", "currency", "lines", "lines_total", "delivery_charge", "tax", "seen_total"):
        answer = _says(app, "POST", "/orders/place-order", name, asked)("1")
        assert (answer.status_code, written()) == (422, before), name
    for name in ("unit_price", "price", "total", "discount", "currency"):
        answer = _says(app, "PUT", f"/cart-items/{app.get('/cart-items/').json[0]['id']}", name, {"quantity": 2})("1")
        assert (answer.status_code, written()) == (422, before), name


@pytest.mark.covers("ORD-01")
def test_prices_in_the_address_of_an_order_are_ignored_and_its_total_is_compared(client: FlaskClient) -> None:
    app = Buyer(client, a_variant(price=149900))
    assert app.place(**FORGED).status_code == 409
    assert app.place(**(FORGED | {"total": "1499.00"})).status_code == 201
    db.session.rollback()
    order = db.session.scalars(select(Order)).one()
    assert (order.total.minor, order.discount.minor, order.payment_fee.minor) == (149900, 0, 0)
    assert order.currency == "INR"


@pytest.mark.covers("PRO-02")
def test_a_coupon_takes_no_amount_discount_or_order_that_is_none(client: FlaskClient) -> None:
    a_coupon("SAVE10")
    app = Buyer(client, a_variant(price=149900))
    foreign = an_order_id(a_variant(), payment="card")
    before = written()
    for name in ("amount", "order_total"):
        check = _says(app, "POST", "/coupons/validate", name, {"code": "SAVE10"})
        assert {check(value).status_code for value in NO_AMOUNTS} == {422}
    use = _says(app, "POST", "/coupons/apply", "order_id", {"code": "SAVE10"})
    assert {use(value).status_code for value in [*SAID, foreign, str(foreign)]} == {404, 422}
    for name in ("discount", "discount_amount", "amount", "final_amount", "currency"):
        assert _says(app, "POST", "/coupons/apply", name, {"code": "SAVE10"})("1").status_code == 422
    assert written() == before
