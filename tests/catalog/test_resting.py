"""Brands and categories that rest: their products leave listings and search, their pages stay."""

import pytest
from flask.testing import FlaskClient

from shop.catalog.models import Brand, Category, Product
from shop.extensions import db
from tests.factories import a_product, list_again


def a_branch() -> tuple[Category, Product]:
    """Men › Shirts with one product in it."""
    men = a_product("Men's tee", category="men").category
    shirts = Category(slug="men-shirts", path="men/men-shirts", name="Shirts", parent_id=men.id)
    db.session.add(shirts)
    db.session.flush()
    return men, a_product("Camp shirt", category="men-shirts")


def rest(*rows: Brand | Category, products: tuple[Product, ...]) -> None:
    for row in rows:
        row.active = False
    for product in products:
        list_again(product)
    db.session.commit()


@pytest.mark.covers("CAT-02")
def test_a_category_that_rests_takes_its_branch_from_menus_and_listings(client: FlaskClient) -> None:
    men, shirt = a_branch()
    page = f"/p/{shirt.slug}"
    assert client.get("/c/men-shirts").status_code == 200
    rest(men, products=(shirt,))
    assert client.get("/c/men-shirts").status_code == 404
    assert client.get("/c/men").status_code == 404
    assert "Camp shirt" not in client.get("/search?q=camp").text
    shown = client.get(page)
    assert shown.status_code == 200
    assert "/c/men" not in shown.text


@pytest.mark.covers("CAT-02")
def test_a_sub_category_that_rests_leaves_what_is_above(client: FlaskClient) -> None:
    _men, shirt = a_branch()
    rest(shirt.category, products=(shirt,))
    assert client.get("/c/men-shirts").status_code == 404
    above = client.get("/c/men")
    assert "Men&#39;s tee" in above.text
    assert "Camp shirt" not in above.text
    assert 'href="/c/men"' in client.get(f"/p/{shirt.slug}").text


@pytest.mark.covers("CAT-01")
def test_products_of_a_brand_that_rests_are_on_no_listing(client: FlaskClient) -> None:
    resting, other = a_product("Loom tee", brand="Sutra"), a_product("Loom kurta", brand="Kora")
    rest(resting.brand, products=(resting, other))
    found = client.get("/search?q=loom").text
    assert "Loom kurta" in found
    assert "Loom tee" not in found
    assert client.get(f"/p/{resting.slug}").status_code == 200
