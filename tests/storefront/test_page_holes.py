"""Pages that are kept for everyone hold nothing of anybody: what belongs to one visitor is filled in for them alone."""

from contextlib import nullcontext
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.cart.models import WishlistItem
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.http import holes, kept_pages
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising import services as merchandising
from shop.stock import services as stock
from tests.factories import a_product, a_user, a_variant, sign_in
from tests.storefront.shoppers import signed_in_with_bag, with_bag
from tests.support.statements import statements

PRESSED = 'form="unwish" aria-pressed="true"'
PATHS = ("/c/men", "/c/men?colour=indigo", "/search?q=breton", "/p/{}")
MOST_STATEMENTS = 3
"""Who looks, what is in their bag with the sizes they saved, and hearts."""


@pytest.fixture
def breton(app: Any) -> Product:
    return a_product("Breton tee", price=199900, category="men", units=10)


@pytest.fixture
def asha(app: Any, breton: Product) -> FlaskClient:
    """Signed in, with something in the bag, and she likes the tee."""
    client, user = app.test_client(), a_user(first_name="Asha")
    signed_in_with_bag(client, user)
    db.session.add(WishlistItem(user_id=user.id, product_id=breton.id))
    db.session.commit()
    return client


@pytest.fixture
def ravi(app: Any, breton: Product) -> FlaskClient:
    """Signed in, with neither."""
    client = app.test_client()
    sign_in(client, a_user(first_name="Ravi"))
    return client


def last_kept(app: Any) -> str:
    """The page that was kept last."""
    page, _ = list(app.extensions["whole_pages"].memory._kept.values())[-1]
    return page.text


def token_of(text: str) -> str:
    return text.partition('name="csrf_token" value="')[2].partition('"')[0]


@pytest.mark.parametrize("path", PATHS)
def test_everybody_sees_their_own_heart_bag_and_token_on_a_page_that_is_kept(client, breton, asha, ravi, path):
    path = path.format(breton.slug)
    for visitor, is_hers in ((client, False), (asha, True), (ravi, False), (asha, True), (client, False)):
        text = visitor.get(path).text
        assert (PRESSED in text or 'aria-pressed="true" aria-label="Wishlist' in text) is is_hers
        assert ('id="bag-count">1<' in text) is is_hers
        assert bool(token_of(text)) is ('href="/account"' in text) is (visitor is not client)
        assert holes.MARK not in text


@pytest.mark.parametrize("path", PATHS)
def test_what_is_kept_has_nothing_of_who_asked_for_it(app, breton, asha, path):
    shown = asha.get(path.format(breton.slug)).text
    kept = last_kept(app)
    assert token_of(shown) not in kept
    assert not any(
        said in kept for said in ("Asha", "csrf_token", 'unwish" aria-pressed', 'id="bag-count"', "/account")
    )
    assert kept.count(holes.MARK) > 2


def test_control_a_page_that_is_kept_without_holes_shows_everyone_the_same_heart(app, asha, monkeypatch):
    monkeypatch.setattr(kept_pages, "made_to_keep", nullcontext)
    assert PRESSED not in asha.get("/c/men").text


@pytest.mark.parametrize("path", PATHS)
def test_a_page_that_is_kept_asks_the_database_only_who_looks_and_what_is_theirs(breton, ravi, asha, path):
    url = path.format(breton.slug)
    ravi.get(url)
    with statements() as seen:
        asha.get(url)
    assert len(seen) <= MOST_STATEMENTS
    assert not any("listing_row" in statement or "FROM product" in statement for statement in seen)


def change_price() -> None:
    merchandising.set_price(db.session.scalars(select(Variant.id).order_by(Variant.id)).first(), Money(129900))


def leave_three() -> None:
    stock.adjust(db.session.scalars(select(Variant.id).order_by(Variant.id)).first(), to_on_hand=3, actor=SYSTEM)


@pytest.mark.parametrize(("change", "text"), [(change_price, "₹1,299"), (leave_three, "3 left")])
def test_a_change_of_price_or_stock_shows_on_the_next_view_of_somebody_signed_in(breton, ravi, change, text):
    path = f"/p/{breton.slug}"
    assert text not in ravi.get(path).text
    with unit_of_work():
        change()
    assert text in ravi.get(path).text


def test_a_heart_that_was_just_pressed_shows_on_the_next_view(ravi, breton):
    assert PRESSED not in ravi.get("/c/men").text
    token = token_of(ravi.get("/c/men").text)
    ravi.post("/wishlist/items", data={"product_id": breton.id, "on": 1, "csrf_token": token})
    assert PRESSED in ravi.get("/c/men").text


def test_what_a_form_said_is_shown_once_and_to_nobody_else(asha, ravi):
    variant = a_variant()
    db.session.commit()
    for client in (asha, ravi):
        client.get("/")
    asha.post("/cart/lines", data={"variant_id": variant.id, "quantity": 1, "csrf_token": token_of(asha.get("/").text)})
    assert "Added to your bag." not in ravi.get("/").text
    assert "Added to your bag." in asha.get("/").text
    assert "Added to your bag." not in asha.get("/").text


def test_a_guest_with_a_bag_is_asked_to_log_in(app, breton):
    guest = app.test_client()
    with_bag(guest)
    for _ in range(2):
        text = guest.get("/c/men").text
        assert 'id="bag-count">1<' in text
        assert 'href="/login"' in text
        assert "csrf_token" not in text


def test_a_page_that_is_not_there_is_missing_for_somebody_signed_in_as_well(ravi):
    assert ravi.get("/p/nothing").status_code == 404
    assert ravi.get("/c/men?colour=ink&colour=olive").status_code == 301
