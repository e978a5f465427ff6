"""Hearts and the wishlist's page, asked over HTTP."""

from typing import Any

import pytest
from sqlalchemy import func, select

from shop.cart.models import CartLine, WishlistItem
from shop.extensions import db
from tests.factories import a_product, a_user, list_again, sign_in
from tests.storefront.people import browser_of
from tests.support.statements import BUDGET, statements

HTMX = {"HX-Request": "true", "HX-Target": "wishlist"}


@pytest.fixture
def client(client: Any) -> Any:
    return browser_of(client)


def wish(client: Any, product: Any, on: str = "1", **form: Any) -> Any:
    headers = form.pop("headers", None)
    return client.post("/wishlist/items", data={"product_id": product.id, "on": on} | form, headers=headers)


def wished() -> int:
    db.session.commit()
    return db.session.scalar(select(func.count(WishlistItem.id)))


def the_item() -> WishlistItem:
    db.session.commit()
    return db.session.scalars(select(WishlistItem)).one()


@pytest.mark.covers("CRT-03")
def test_a_guest_saves_a_product_and_finds_it(client):
    wish(client, a_product("Breton tee"))
    assert "Breton tee" in client.get("/wishlist").text


def test_a_double_tap_saves_it_once_and_a_second_removal_is_fine(client):
    product = a_product()
    wish(client, product)
    assert wish(client, product).status_code == 303
    assert wished() == 1
    wish(client, product, "0")
    assert wish(client, product, "0").status_code == 303
    assert wished() == 0


def test_the_heart_answers_htmx_with_the_new_count(client):
    answer = wish(client, a_product(), headers={"HX-Request": "true"})
    assert 'id="wishlist-count" hx-swap-oob="true"' in answer.text
    assert ">1<" in answer.text


@pytest.mark.covers("CRT-03")
def test_a_size_moves_into_the_bag_and_leaves_the_wishlist(client):
    product = a_product(sizes=["S", "M"])
    wish(client, product)
    answer = client.post(f"/wishlist/items/{the_item().id}/bag-line", data={"variant_id": product.variants[1].id})
    assert answer.status_code == 303
    assert wished() == 0
    assert db.session.scalars(select(CartLine.variant_id)).all() == [product.variants[1].id]


@pytest.mark.covers("CRT-03")
def test_a_sold_out_size_stays_on_the_wishlist(client):
    product = a_product(units=0)
    wish(client, product)
    page = client.get("/wishlist").text
    assert "Sold out in every size" in page
    client.post(f"/wishlist/items/{the_item().id}/bag-line", data={"variant_id": product.variants[0].id})
    assert (wished(), db.session.scalar(select(func.count(CartLine.id)))) == (1, 0)


def test_moving_without_a_size_or_with_another_products_is_refused(client):
    product, other = a_product(), a_product()
    wish(client, product)
    for sent in ({}, {"variant_id": other.variants[0].id}, {"variant_id": "99999999"}):
        answer = client.post(f"/wishlist/items/{the_item().id}/bag-line", data=sent, headers=HTMX)
        assert answer.status_code == 422
        assert "Choose a size" in answer.text
    assert wished() == 1


def test_the_colour_it_was_seen_in_is_kept(client):
    wish(client, a_product(colours=["Indigo", "Ecru"]), colour="ecru")
    assert "?colour=ecru" in client.get("/wishlist").text


@pytest.mark.parametrize("sent", [{}, {"product_id": "x"}, {"product_id": "²"}])
def test_a_heart_without_a_product_changes_nothing(client, sent):
    assert client.post("/wishlist/items", data=sent, headers=HTMX).status_code == 422
    assert wished() == 0


def test_a_product_off_the_shelf_cannot_be_saved(client):
    assert wish(client, a_product(published=False)).status_code == 404


def test_what_left_the_shelf_is_said_and_can_be_removed(client):
    product = a_product("Breton tee")
    wish(client, product)
    product.published_at = None
    list_again(product)
    assert "Breton tee is no longer sold." in client.get("/wishlist").text
    client.post(f"/wishlist/items/{the_item().id}/removal")
    assert wished() == 0


@pytest.mark.parametrize("path", ["removal", "bag-line"])
def test_a_strangers_item_is_not_there(client, app, path):
    product = a_product()
    wish(client, product)
    sent = {"variant_id": product.variants[0].id}
    assert browser_of(app.test_client()).post(f"/wishlist/items/{the_item().id}/{path}", data=sent).status_code == 404
    assert wished() == 1


def test_a_customer_has_a_wishlist_of_their_own(client, app):
    product = a_product("Breton tee")
    sign_in(client, a_user())
    wish(client, product)
    assert "Breton tee" in client.get("/wishlist").text
    assert "Breton tee" not in browser_of(app.test_client()).get("/wishlist").text


def test_a_long_wishlist_asks_no_more_than_a_short_one(client):
    for _ in range(9):
        wish(client, a_product(sizes=["S", "M", "L"]))
    with statements() as seen:
        assert client.get("/wishlist").status_code == 200
    assert len(seen) <= BUDGET, seen
