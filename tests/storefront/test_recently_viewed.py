"""What a browser looked at last: a rail from its own cookie, on pages that are the same for everyone."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.catalog.models import Product
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import a_product, list_again
from tests.support.statements import statements

HTMX = {"HX-Request": "true"}
RAIL = "/_f/recently-viewed"
COOKIE = "seen"


def some_products(number: int) -> list[Product]:
    products = [a_product(f"Tee {place}") for place in range(number)]
    db.session.commit()
    return products


def look_at(client: FlaskClient, product: Product) -> Any:
    """What the browser does with a product's page: it loads the page, then the fragment the page names."""
    text = client.get(f"/p/{product.slug}").text
    named = re.search(r'id="recently-viewed" hx-get="([^"]+)"', text)
    assert named
    return client.get(named[1].replace("&amp;", "&"), headers=HTMX)


def names_in(answer: Any) -> list[str]:
    return re.findall(r'class="card__link" href="[^"]*"[^>]*>([^<]+)<', answer.text)


@pytest.mark.covers("CAT-07")
def test_the_last_products_are_shown_the_newest_first_and_never_the_one_that_is_open(client: FlaskClient) -> None:
    first, second, third = some_products(3)
    assert names_in(look_at(client, first)) == []
    assert names_in(look_at(client, second)) == [first.name]
    assert names_in(look_at(client, third)) == [second.name, first.name]
    assert names_in(look_at(client, first)) == [third.name, second.name]
    assert names_in(client.get(RAIL, headers=HTMX)) == [first.name, third.name, second.name]


def test_at_most_twelve_are_kept_and_eight_shown_in_one_statement(client: FlaskClient) -> None:
    products = some_products(14)
    for product in products:
        look_at(client, product)
    kept = client.get_cookie(COOKIE)
    assert kept
    assert kept.value.rpartition(".")[0] == ".".join(str(product.id) for product in products[:1:-1])
    client.get(RAIL, headers=HTMX)
    with statements() as seen:
        assert names_in(client.get(RAIL, headers=HTMX)) == [product.name for product in products[:5:-1]]
    assert sum("listing_row" in statement for statement in seen) == 1


def test_a_product_that_is_gone_is_passed_over(client: FlaskClient) -> None:
    gone, kept, here = some_products(3)
    look_at(client, gone)
    look_at(client, kept)
    gone.deleted_at = now()
    list_again(gone)
    db.session.commit()
    assert names_in(look_at(client, here)) == [kept.name]
    cookie = client.get_cookie(COOKIE)
    assert cookie
    assert cookie.value.startswith(f"{here.id}.{kept.id}.")


@pytest.mark.parametrize("value", ["1.2.3", "1.2.AAAA", "", "x" * 3000, "ü"])
def test_a_cookie_that_is_not_ours_says_nothing(client: FlaskClient, value: str) -> None:
    (product,) = some_products(1)
    client.set_cookie(COOKIE, value)
    assert names_in(client.get(RAIL, headers=HTMX)) == []
    look_at(client, product)
    assert names_in(client.get(RAIL, headers=HTMX)) == [product.name]


def test_the_list_is_cleared(client: FlaskClient) -> None:
    first, second = some_products(2)
    look_at(client, first)
    assert "Clear recently viewed" in look_at(client, second).text
    assert "forgot what you looked at" in client.post("/recently-viewed/removal", headers=HTMX).text
    assert client.get_cookie(COOKIE) is None
    assert client.post("/recently-viewed/removal").status_code == 303


def test_the_page_itself_neither_reads_nor_writes_it(app: Flask, client: FlaskClient) -> None:
    first, second = some_products(2)
    look_at(client, first)
    page = client.get(f"/p/{second.slug}")
    assert "Set-Cookie" not in page.headers
    assert page.data == app.test_client().get(f"/p/{second.slug}").data


def test_another_site_cannot_fill_the_list(client: FlaskClient) -> None:
    """A picture or a link elsewhere can send the address, but not htmx's header."""
    (product,) = some_products(1)
    assert "Set-Cookie" not in client.get(f"{RAIL}?slug={product.slug}").headers


@pytest.mark.parametrize("path", ["/", "/cart"])
def test_home_and_an_empty_bag_have_a_place_for_it(client: FlaskClient, path: str) -> None:
    assert f'hx-get="{RAIL}"' in client.get(path).text
