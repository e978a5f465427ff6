"""The story of the API: from an account to a cancelled order, through documented operations of a running shop."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from shop.accounts.models import Address, User
from shop.cart.models import CartLine
from shop.extensions import db
from shop.orders.models import Order
from shop.stock.models import StockLevel
from tests.api.live import LiveApp
from tests.factories import a_product
from tests.support.live import LiveShop

EMAIL, PASSWORD = "asha.story@example.com", "Correct-Horse-7"
AT_HOME = {"name": "Asha Rao", "phone": "9845012345", "house": "12", "street": "Church Street", "postal_code": "560001"}


@pytest.mark.covers("API-01", "ORD-06")
def test_someone_registers_buys_and_changes_their_mind(live_shop: LiveShop) -> None:
    with live_shop.inside():
        variant_id = a_product(units=5).variants[0].id
        db.session.commit()
    app = LiveApp(live_shop.url)
    _comes_in(app, live_shop)
    product_id = _chooses(app, live_shop, variant_id)
    order_id = _orders(app, live_shop, variant_id)
    _changes_their_mind(app, live_shop, order_id, variant_id)
    assert [line["product_id"] for line in app.get("/order-items/my").body] == [product_id]
    live_shop.run("shop", "audit")


def _comes_in(app: LiveApp, shop: LiveShop) -> None:
    """Registers, logs in by the form, renews once; a wrong password and a used token open nothing."""
    person = {"first_name": "Asha", "email": EMAIL, "password": PASSWORD}
    assert app.send("POST", "/auth/register", person).status == 201
    assert app.send("POST", "/auth/register", person).status == 409
    assert app.send("POST", "/auth/login", {"email": EMAIL, "password": "Wrong-Horse-7"}).status == 401
    form = {"username": EMAIL, "password": PASSWORD, "grant_type": "password", "refresh_in": "body"}
    signed_in = app.send("POST", "/auth/login", form=form).body
    assert (signed_in["token_type"], signed_in["user"]["email"]) == ("bearer", EMAIL)
    assert app.get("/cart-items/").status == 401
    renewed = app.send("POST", "/auth/token/refresh", {"refresh_token": signed_in["refresh_token"]}).body
    assert renewed["refresh_token"] != signed_in["refresh_token"]
    app.token = renewed["access_token"]
    with shop.inside():
        assert db.session.scalars(select(User.first_name).where(User.email == EMAIL)).one() == "Asha"


def _chooses(app: LiveApp, shop: LiveShop, variant_id: int) -> str:
    """Browses, and puts two of a size into the bag."""
    listed = app.get("/products/", out_of_stock="false", limit=1)
    assert listed.headers["X-Total-Count"] == "1"
    product = app.get(f"/products/{listed.body[0]['id']}").body
    assert product["variants"][0]["id"] == str(variant_id)
    size = product["variants"][0]["size"]
    assert app.send("POST", "/cart-items/", product_id=product["id"], size=size, quantity=2).status == 201
    with shop.inside():
        line = db.session.scalars(select(CartLine)).one()
        assert (line.variant_id, line.quantity) == (variant_id, 2)
    return str(product["id"])


def _orders(app: LiveApp, shop: LiveShop, variant_id: int) -> str:
    """Says where it goes, and orders once, although the button is pressed twice."""
    address = app.send("POST", "/user-address/", AT_HOME).body
    with shop.inside():
        saved = db.session.scalars(select(Address)).one()
        assert (saved.city, saved.state, saved.country) == (address["city"], "Karnataka", "IN")
    wanted = {"address_id": address["id"], "payment_type_id": "cod"}
    first, second = (app.send("POST", "/orders/place-order", key="story-1", **wanted) for _ in range(2))
    assert (first.status, second.status, second.body["id"]) == (201, 201, first.body["id"])
    with shop.inside():
        order = db.session.scalars(select(Order)).one()
        assert (str(order.id), order.state) == (first.body["id"], "placed")
        assert db.session.get_one(StockLevel, variant_id).reserved == 2
        assert db.session.scalars(select(CartLine)).all() == []
    return str(first.body["id"])


def _changes_their_mind(app: LiveApp, shop: LiveShop, order_id: str, variant_id: int) -> None:
    """Looks the order up and cancels it; the goods are back."""
    assert [order["id"] for order in app.get("/orders/my").body] == [order_id]
    told = app.send("PUT", f"/orders/my/{order_id}/status", {"status_id": "cancelled"}).body
    assert told["status"] == app.get(f"/orders/my/{order_id}").body["status"] == "cancelled"
    with shop.inside():
        assert db.session.get_one(Order, int(order_id)).state == "cancelled"
        assert db.session.get_one(StockLevel, variant_id).reserved == 0
