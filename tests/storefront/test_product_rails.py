"""What a product's page leads on to: what goes well with it, what is similar, and where a product that went leads."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.catalog.models import Category, Product, ProductRelation
from shop.extensions import db
from shop.lib.clock import now
from shop.stock.models import StockLevel
from tests.factories import a_product, list_again

HTMX = {"HX-Request": "true"}


def page_of(client: FlaskClient, product: Product, query: str = "", **more: Any) -> Any:
    db.session.commit()
    return client.get(f"/p/{product.slug}{query}", **more)


def rails_of(answer: Any) -> dict[str, list[str]]:
    """The names on each rail of a page, by its title, in the order of the page."""
    rails = re.findall(r'<ul class="rail" tabindex="0" aria-label="([^"]+)">(.*?)</section>', answer.text, re.S)
    return {title: re.findall(r'class="card__link" href="[^"]*"[^>]*>([^<]+)<', cards) for title, cards in rails}


def relate(product: Product, *others: Product) -> None:
    rows = ((product.id, other.id, place) for place, other in enumerate(others))
    db.session.add_all(ProductRelation(product_id=a, related_id=b, position=place) for a, b, place in rows)


def sell_out(product: Product) -> None:
    for variant in product.variants:
        db.session.get_one(StockLevel, variant.id).on_hand = 0
    list_again(product)


@pytest.mark.covers("CAT-07")
def test_what_goes_well_with_it_stands_before_what_is_like_it_and_nothing_stands_twice(client: FlaskClient) -> None:
    tee, jeans, other = a_product("Tee", category="tees"), a_product("Jeans"), a_product("Other", category="tees")
    hidden, third = a_product("Hidden", published=False), a_product("Third", category="tees")
    relate(tee, third, hidden, jeans)
    rails = rails_of(page_of(client, tee))
    assert list(rails.items()) == [("Goes well with", ["Third", "Jeans"]), ("More in Tees", [other.name])]


def test_a_product_nothing_goes_with_has_no_such_rail(client: FlaskClient) -> None:
    assert rails_of(page_of(client, a_product())) == {}


@pytest.mark.covers("CAT-07")
def test_a_product_that_is_sold_out_keeps_its_page_and_shows_similar_ones_first(client: FlaskClient) -> None:
    tee, other = a_product("Tee", category="tees", colours=("Indigo", "Madder")), a_product("Other", category="tees")
    relate(tee, a_product("Jeans"))
    sell_out(tee)
    answer = page_of(client, tee)
    assert answer.status_code == 200
    assert next(iter(rails_of(answer).items())) == ("Similar, in stock", [other.name])
    assert 'href="#similar"' in answer.text


def test_a_colour_that_is_sold_out_is_no_reason_to_look_elsewhere(client: FlaskClient) -> None:
    tee = a_product("Tee", category="tees", colours=("Indigo", "Madder"))
    a_product("Other", category="tees")
    db.session.get_one(StockLevel, tee.variants[0].id).on_hand = 0
    assert "#similar" not in page_of(client, tee, "?colour=indigo").text


@pytest.mark.covers("CAT-07")
def test_a_deleted_product_says_so_and_leads_to_its_category(client: FlaskClient) -> None:
    tee, other = a_product("Breton tee", category="tees"), a_product("Other", category="tees")
    tee.deleted_at = now()
    list_again(tee)
    answer = page_of(client, tee)
    assert answer.status_code == 410
    assert "Breton tee is no longer sold" in answer.text
    assert 'class="button" href="/c/tees"' in answer.text
    assert rails_of(answer) == {"In Tees": [other.name]}
    assert page_of(client, tee, headers=HTMX).status_code == 410


def test_one_whose_category_went_too_leads_to_what_is_above(client: FlaskClient) -> None:
    tee = a_product("Tee", category="men")
    below = Category(slug="old", path="men/old", name="Old", parent_id=tee.category_id, deleted_at=now())
    db.session.add(below)
    db.session.flush()
    tee.category, tee.deleted_at = below, now()
    assert 'class="button" href="/c/men"' in page_of(client, tee).text
    db.session.get_one(Category, below.parent_id or 0).active = False
    answer = page_of(client, tee)
    assert answer.status_code == 410
    assert "/c/men" not in answer.text


def test_a_deleted_product_that_shoppers_never_saw_is_as_unknown_as_any(client: FlaskClient) -> None:
    draft = a_product("Draft", published=False, deleted_at=now())
    assert page_of(client, draft).status_code == 404
