"""A wishlist's link: read by whoever has it, telling nothing but the list, until its owner takes it back."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from shop.cart import services
from shop.cart.models import CartLine, WishlistItem, WishlistShare
from shop.extensions import db
from tests.factories import a_customer, a_product, a_user, list_again, sign_in
from tests.storefront.people import browser_of, log_in
from tests.support.statements import BUDGET, statements


@pytest.fixture
def client(client: Any) -> Any:
    return browser_of(client)


@pytest.fixture
def friend(app: Any) -> Any:
    """Somebody else's browser."""
    return browser_of(app.test_client())


def wish(client: Any, *products: Any) -> None:
    for product in products:
        client.post("/wishlist/items", data={"product_id": product.id, "on": "1"})


def share(client: Any, name: str = "") -> str:
    """Press the button; the path of the link that the page then shows."""
    assert client.post("/wishlist/share", data={"name": name}).status_code == 303
    link = re.search(r'value="http[^"]*?(/wishlist/shared/[\w-]{43})" readonly', client.get("/wishlist").text)
    assert link
    return link[1]


@pytest.mark.covers("CRT-03")
@pytest.mark.parametrize("is_member", [False, True], ids=["guest", "customer"])
def test_a_shared_wishlist_shows_its_things_and_nothing_of_its_owner(client, friend, is_member):
    if is_member:
        sign_in(client, a_user("asha.rao@example.com", first_name="Asha", last_name="Rao"))
    wish(client, a_product("Breton tee"))
    answer = friend.get(share(client))
    assert (answer.status_code, "Breton tee" in answer.text) == (200, True)
    assert "<h1>A wishlist</h1>" in answer.text
    assert not re.search("Asha|Rao|asha.rao", answer.text)
    assert 'name="robots" content="noindex' in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.covers("CRT-03")
def test_the_owner_chooses_the_name_the_page_shows_and_the_link_stays(client, friend):
    wish(client, a_product())
    link = share(client, " Asha <b> ")
    assert "<h1>Asha &lt;b&gt;’s wishlist</h1>" in friend.get(link).text
    assert share(client, "") == link
    assert "<h1>A wishlist</h1>" in friend.get(link).text


@pytest.mark.covers("CRT-03")
def test_a_visitor_puts_things_into_their_own_bag_and_onto_their_own_wishlist(client, friend):
    product = a_product("Breton tee", sizes=["S", "M"])
    product_id, variant_id = product.id, product.variants[1].id
    wish(client, product)
    page = friend.get(share(client)).text
    assert f'<option value="{variant_id}">' in page
    assert 'action="/cart/lines"' in page
    friend.post("/cart/lines", data={"variant_id": variant_id})
    friend.post("/wishlist/items", data={"product_id": product_id, "on": "1"})
    assert "Breton tee" in friend.get("/cart").text
    db.session.rollback()
    assert db.session.scalars(select(WishlistItem.product_id)).all() == [product_id] * 2
    assert db.session.scalars(select(CartLine.variant_id)).all() == [variant_id]


@pytest.mark.covers("CRT-03")
def test_a_link_that_was_taken_back_answers_kindly_and_opens_never_again(client, friend):
    wish(client, a_product("Breton tee"))
    link = share(client)
    client.post("/wishlist/share/removal")
    for path in (link, f"{link[:-4]}AAAA", "/wishlist/shared/x"):
        answer = friend.get(path)
        assert (answer.status_code, "This wishlist is not shared" in answer.text) == (404, True)
        assert "Breton tee" not in answer.text
    assert share(client) != link
    assert friend.get(link).status_code == 404


@pytest.mark.covers("CRT-03")
def test_nobody_takes_back_or_renames_somebody_elses_link(client, friend):
    wish(client, a_product())
    link = share(client, "Asha")
    wish(friend, a_product())
    friend.post("/wishlist/share", data={"name": "Ravi"})
    friend.post("/wishlist/share/removal")
    assert "<h1>Asha’s wishlist</h1>" in friend.get(link).text


def test_an_empty_wishlist_is_not_shared_and_names_are_short(client):
    assert client.post("/wishlist/share", data={}, headers={"HX-Request": "true"}).status_code == 422
    wish(client, a_product())
    assert client.post("/wishlist/share", data={"name": "x" * 41}, headers={"HX-Request": "true"}).status_code == 422
    assert db.session.scalar(select(WishlistShare.id)) is None


def test_what_is_no_longer_sold_is_not_shown_to_others(client, friend):
    product = a_product("Breton tee")
    wish(client, product)
    link = share(client)
    product.published_at = None
    list_again(product)
    page = friend.get(link).text
    assert ("Breton tee" in page, "Nothing here just now" in page) == (False, True)


@pytest.mark.covers("CRT-03")
@pytest.mark.parametrize("had", [False, True], ids=["empty account", "account with wishes"])
def test_a_guests_link_goes_on_after_login_only_where_it_shows_no_more_than_it_did(client, friend, had):
    user = a_user()
    if had:
        services.wish(a_customer(user), a_product("Secret present").id)
        db.session.commit()
    wish(client, a_product("Breton tee"))
    link = share(client)
    log_in(client, user.email)
    answer = friend.get(link)
    assert (answer.status_code, "Secret present" in answer.text) == (404 if had else 200, False)


def test_a_long_shared_list_asks_no_more_than_a_short_one(client, friend):
    wish(client, *(a_product(sizes=["S", "M", "L"]) for _ in range(9)))
    link = share(client)
    for reader, path in ((friend, link), (client, "/wishlist")):
        with statements() as seen:
            assert reader.get(path).status_code == 200
        assert len(seen) <= BUDGET, seen
