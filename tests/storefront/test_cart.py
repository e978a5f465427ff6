"""The bag's page and drawer, asked over HTTP."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from shop.cart.models import CartLine
from shop.extensions import db
from shop.lib.money import Money
from shop.stock import services as stock_services
from tests.factories import a_product, a_user, a_variant, list_again, sign_in
from tests.storefront.people import browser_of
from tests.support.statements import BUDGET, statements

HTMX = {"HX-Request": "true"}
PAGE = HTMX | {"HX-Target": "bag"}
DRAWER = HTMX | {"HX-Target": "drawer-body"}


@pytest.fixture
def client(client: Any) -> Any:
    return browser_of(client)


def add(client: Any, variant: Any, headers: Any = None, **form: Any) -> Any:
    return client.post("/cart/lines", data={"variant_id": variant.id} | form, headers=headers)


def in_bag() -> list[tuple[int, int]]:
    db.session.commit()
    return [(line.variant_id, line.quantity) for line in db.session.scalars(select(CartLine).order_by(CartLine.id))]


def the_line() -> CartLine:
    db.session.commit()
    return db.session.scalars(select(CartLine)).one()


@pytest.mark.covers("CRT-01")
def test_a_guest_adds_a_size_and_sees_it_in_the_bag(client):
    variant = a_variant(name="Breton tee")
    answer = add(client, variant, quantity=2)
    assert (answer.status_code, answer.location) == (303, "/cart")
    assert in_bag() == [(variant.id, 2)]
    page = client.get("/cart").text
    assert "Breton tee" in page
    assert "₹2,998" in page


def test_added_with_htmx_the_bag_opens_in_the_drawer(client):
    answer = add(client, a_variant(name="Breton tee"), headers=DRAWER)
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "drawer:open"
    assert 'id="bag-count"' in answer.text
    assert "Breton tee" in answer.text
    assert "<html" not in answer.text


@pytest.mark.covers("CRT-01")
def test_the_same_size_added_twice_is_one_line(client):
    variant = a_variant()
    add(client, variant)
    add(client, variant, quantity=3)
    assert in_bag() == [(variant.id, 4)]


@pytest.mark.parametrize("sent", [None, "", "x", "٣", "1.0", "9" * 30])
def test_without_a_size_the_buyer_is_told_to_choose_one(client, sent):
    answer = client.post("/cart/lines", data={} if sent is None else {"variant_id": sent}, headers=DRAWER)
    assert answer.status_code == 422
    assert "Choose a size first." in answer.text
    assert in_bag() == []


@pytest.mark.parametrize("quantity", ["0", "-1", "101", "1e9", "²", "٣", "9" * 40, "NaN", "0.5"])
def test_impossible_quantities_change_nothing(client, quantity):
    variant = a_variant(units=200)
    answer = add(client, variant, headers=DRAWER, quantity=quantity)
    assert answer.status_code == 422
    assert "from 1 to 100" in answer.text
    add(client, variant, quantity=2)
    client.post(f"/cart/lines/{the_line().id}", data={"quantity": quantity})
    assert in_bag() == [(variant.id, 2)]


@pytest.mark.parametrize("variant_id", ["999999", "-4", "999999999999999999"])
def test_a_size_that_is_not_there_is_not_found(client, variant_id):
    assert client.post("/cart/lines", data={"variant_id": variant_id}).status_code == 404


@pytest.mark.covers("CRT-01")
def test_no_more_than_is_for_sale_goes_into_the_bag(client):
    variant = a_variant(units=3)
    add(client, variant, quantity=2)
    answer = add(client, variant, headers=DRAWER, quantity=2)
    assert "Only 3 left" in answer.text
    client.post(f"/cart/lines/{the_line().id}", data={"quantity": "4"})
    assert "Only 3 left" in client.get("/cart").text
    assert in_bag() == [(variant.id, 2)]


def test_plus_and_minus_work_without_script(client):
    add(client, a_variant(), quantity=2)
    line = the_line()
    client.post(f"/cart/lines/{line.id}", data={"quantity": "2", "op": "plus"})
    client.post(f"/cart/lines/{line.id}", data={"quantity": "2", "op": "plus"})
    assert the_line().quantity == 3


@pytest.mark.covers("CRT-01")
def test_a_removed_line_can_be_put_back(client):
    variant = a_variant()
    add(client, variant, quantity=3)
    shown = client.get(client.post(f"/cart/lines/{the_line().id}/removal").location).text
    assert in_bag() == []
    assert f'id="undo-{variant.id}"' in shown
    add(client, variant, quantity=3, undo="1")
    assert in_bag() == [(variant.id, 3)]


def test_removed_with_htmx_a_message_offers_to_undo(client):
    variant = a_variant()
    add(client, variant)
    answer = client.post(f"/cart/lines/{the_line().id}/removal", headers=PAGE)
    assert f'id="undo-{variant.id}"' in answer.text
    assert "Your bag is empty" in answer.text


@pytest.mark.parametrize("asked", ["removed=1x", "removed=999999&units=2", "removed=" + "9" * 30, "removed=²&units=²"])
def test_addresses_that_name_no_removed_line_show_the_bag_alone(client, asked):
    answer = client.get(f"/cart?{asked}")
    assert answer.status_code == 200
    assert "Undo" not in answer.text


@pytest.mark.covers("CRT-02")
def test_the_bag_tells_what_changed_and_the_buyer_accepts(client):
    dearer, fewer, gone = a_variant(), a_variant(units=9), a_variant()
    for variant in (dearer, fewer, gone):
        add(client, variant, quantity=5)
    dearer.price = Money(159900)
    stock_services.hold(77, {fewer.id: 7, gone.id: 10})
    page = client.get("/cart").text
    assert "The price went up from ₹1,499 to ₹1,599." in page
    assert "Only 2 left; you have 5." in page
    assert "Sold out." in page
    assert 'href="/checkout/contact"' not in page
    client.post("/cart/changes")
    assert in_bag() == [(dearer.id, 5), (fewer.id, 2)]
    assert 'href="/checkout/contact"' in client.get("/cart").text


@pytest.mark.covers("CRT-02")
def test_a_product_off_the_shelf_blocks_checkout_until_it_is_removed(client):
    variant = a_variant()
    add(client, variant)
    variant.product.published_at = None
    list_again(variant.product)
    page = client.get("/cart").text
    assert "No longer sold" in page
    assert 'href="/checkout/contact"' not in page


@pytest.mark.parametrize("path", ["", "/removal", "/wish"])
def test_a_strangers_line_is_not_there(client, app, path):
    add(client, a_variant(), quantity=2)
    other = browser_of(app.test_client())
    add(other, a_variant())
    mine = db.session.scalars(select(CartLine).order_by(CartLine.id)).first().id
    answer = other.post(f"/cart/lines/{mine}{path}", data={"quantity": "9"})
    missing = other.post(f"/cart/lines/99999999{path}", data={"quantity": "9"})
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert in_bag()[0][1] == 2


def test_an_endless_line_number_is_not_there(client):
    assert client.post(f"/cart/lines/{'9' * 60}/removal").status_code == 404


@pytest.mark.covers("CRT-03")
def test_a_line_moves_to_the_wishlist_with_its_colour(client):
    add(client, a_variant(name="Breton tee", colours=["Ecru"]))
    client.post(f"/cart/lines/{the_line().id}/wish")
    assert in_bag() == []
    assert "?colour=ecru" in client.get("/wishlist").text


@pytest.mark.covers("CRT-01")
def test_savings_tax_and_the_way_to_free_delivery_are_shown(client):
    add(client, a_variant(price=100000, sale_price=80000))
    page = client.get("/cart").text
    assert "₹699</b> more for free delivery" in page
    assert "−₹200" in page
    assert re.search(r"Includes ₹38\.10 GST", page)


def test_the_empty_bag_leads_back_to_the_shelves(client):
    a_product(category="shirts")
    page = client.get("/cart").text
    assert "Your bag is empty" in page
    assert 'href="/c/shirts"' in page


def test_the_count_can_be_asked_alone(client):
    add(client, a_variant(), quantity=3)
    assert client.get("/_f/bag-count").text.startswith('<span class="count" id="bag-count">3')


def test_a_customer_keeps_the_bag_across_devices(client, app):
    user = a_user()
    sign_in(client, user)
    add(client, a_variant(name="Breton tee"))
    phone = browser_of(app.test_client())
    sign_in(phone, user)
    assert "Breton tee" in phone.get("/cart").text


def test_looking_at_an_empty_bag_makes_no_session(client):
    assert "Set-Cookie" not in client.get("/cart").headers


@pytest.mark.parametrize("headers", [None, DRAWER])
def test_a_full_bag_asks_no_more_than_a_small_one(client, headers):
    for _ in range(12):
        add(client, a_variant())
    with statements() as seen:
        assert client.get("/cart", headers=headers).status_code == 200
    assert len(seen) <= BUDGET, seen
