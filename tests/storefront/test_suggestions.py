"""What the search field offers while somebody types; its keys are in tests/journeys/test_suggestions.py."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalog.models import Brand, Category
from shop.extensions import db
from tests.factories import a_product, list_again
from tests.support.statements import statements

OPTION = re.compile(r'role="option" tabindex="-1" href="([^"]*)"')
SAID = re.compile(r'data-said="([^"]*)"')


def offered(client, query: str) -> list[str]:
    """Where the suggestions for a query lead."""
    answer = client.get("/search/suggest", query_string={"q": query})
    assert answer.status_code == 200
    return [address.replace("&amp;", "&") for address in OPTION.findall(answer.text)]


def said(client, query: str) -> str:
    """What somebody hears who does not see them."""
    return SAID.findall(client.get("/search/suggest", query_string={"q": query}).text)[0]


@pytest.mark.covers("CAT-06")
def test_products_categories_and_brands_are_offered_and_all_results_at_the_end(client, app):
    shirt = a_product("Oxford shirt", brand="Oxbow", category="oxfords")
    assert offered(client, "ox") == [f"/p/{shirt.slug}", "/c/oxfords", "/search?q=Oxbow&brand=oxbow", "/search?q=ox"]
    assert said(client, "ox") == "3 suggestions"
    assert "Oxford shirt" in client.get("/search?q=Oxbow&brand=oxbow").text


def test_there_are_six_products_and_three_of_each_other_at_most(client, app):
    for number in range(8):
        a_product(f"Madras shirt {number}", brand=f"Madras {number}", category=f"madras-{number}")
    found = offered(client, "madras")
    assert [sum(one.startswith(begin) for one in found) for begin in ("/p/", "/c/", "/search?q=Madras")] == [6, 3, 3]


@pytest.mark.covers("CAT-06")
def test_a_slip_is_forgiven_and_said(client, app):
    kurta = a_product("Oxford kurta")
    assert offered(client, "kutra") == [f"/p/{kurta.slug}", "/search?q=kutra"]
    assert said(client, "kutra") == "Nothing matches kutra. For kurta: 1 suggestion"


def test_a_category_is_offered_by_the_names_above_it_and_not_all_below_it(client, app):
    shirt = a_product("Oxford", category="men")
    below = Category(slug="men-shirts", name="Shirts", path="men/men-shirts", parent_id=shirt.category_id)
    db.session.add_all([below, Category(slug="rest", name="Men at rest", path="rest", active=False)])
    db.session.commit()
    assert [one for one in offered(client, "men shirt") if one.startswith("/c/")] == ["/c/men-shirts"]
    assert [one for one in offered(client, "men") if one.startswith("/c/")] == ["/c/men"]


def test_a_brand_without_products_on_the_shelf_is_not_offered(client, app):
    product = a_product("Tee", brand="Kaveri", published=False)
    db.session.commit()
    assert db.session.scalar(select(Brand.name).where(Brand.id == product.brand_id)) == "Kaveri"
    assert offered(client, "kaveri") == []
    assert said(client, "kaveri") == "No suggestions"


@pytest.mark.parametrize("query", ["", " ", "!!!", "\0", "%"])
def test_without_a_word_nothing_is_offered_or_said(client, app, query):
    assert not client.get("/search/suggest", query_string={"q": query}).text.strip()


def test_what_changed_is_offered_as_it_is_now(client, app):
    tee = a_product("Loom tee")
    assert "Sold out" not in client.get("/search/suggest?q=loom").text
    tee.name = "Loom polo"
    list_again(tee)
    db.session.commit()
    assert "Loom polo" in client.get("/search/suggest?q=loom").text


def test_what_is_sold_out_says_so_instead_of_a_price(client, app):
    a_product("Loom tee", units=0)
    answer = client.get("/search/suggest?q=loom").text
    assert "Sold out" in answer
    assert "price" not in answer


def test_another_word_costs_three_statements(client: object, app: Flask) -> None:
    a_product("Oxford shirt")
    a_product("Loom tee")
    offered(client, "oxford")
    with statements() as seen:
        assert offered(client, "loo")
    assert len(seen) <= 3, seen


def test_the_further_letters_of_a_word_are_not_searched_with_again(client: object, app: Flask) -> None:
    a_product("Oxford shirt")
    offered(client, "ox")
    with statements() as seen:
        assert offered(client, "oxf")[0] == offered(client, "oxford")[0]
    assert not [statement for statement in seen if "product_search" in statement], seen
