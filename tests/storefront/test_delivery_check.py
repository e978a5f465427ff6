"""Whether a product is delivered to a place, asked on its page."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from shop.catalog.models import Product
from shop.delivery.models import DeliveryMethod
from shop.extensions import db
from shop.lib.clock import now
from shop.stock.models import StockLevel
from tests.factories import a_product
from tests.store.moving import shop_in

HTMX = {"HX-Request": "true"}
COOKIE = "deliver_to"
SATURDAY = "2026-11-21T06:00:00+00:00"


@pytest.fixture
def product(app: Flask) -> Product:
    product = a_product("Breton tee", price=99900, colours=("Indigo", "Madder"))
    db.session.commit()
    return product


def check(client: FlaskClient, product: Product, code: str, **more: str):
    return client.get(f"/p/{product.slug}/delivery", query_string={"postal_code": code} | more)


@pytest.mark.covers("CAT-03")
def test_a_place_gets_dates_charge_cash_and_how_long_one_may_cancel(client: FlaskClient, product: Product) -> None:
    with time_machine.travel(SATURDAY, tick=False):
        text = check(client, product, " 560 001 ").text
    answer = text.partition("<main")[2].partition("</main>")[0]
    for part in ("Karnataka 560001", "Thu 26 Nov", "₹", "cash on delivery", "Cancel free of charge"):
        assert part in answer
    assert 'value="560001"' in text


@pytest.mark.parametrize(
    ("code", "words"),
    [("", "Enter the 6-digit pincode."), ("5600", "A pincode has 6 digits"), ("999999", "We do not know the pincode"),
     ("<b>", "A pincode has 6 digits"), ("x" * 9000, "A pincode has 6 digits")],
)  # fmt: skip
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_wrong_code_is_said_in_the_countrys_words_and_not_remembered(client, product, code, words, headers):
    answer = client.get(f"/p/{product.slug}/delivery", query_string={"postal_code": code}, headers=headers)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.covers("CAT-03")
def test_the_answer_alone_takes_the_place_of_what_the_page_says_of_delivery(client, product) -> None:
    with time_machine.travel(SATURDAY, tick=False):
        page = client.get(f"/p/{product.slug}").text
        answer = client.get(f"/p/{product.slug}/delivery?postal_code=560001", headers=HTMX).text
    assert "<html" not in answer
    assert "Bengaluru" in answer
    replaced = page.partition('id="delivery-answer"')[2].partition("</div>")[0]
    for fact in ("Thu 26 Nov", "Cancel free of charge", "Pay by"):
        assert answer.count(fact) == replaced.count(fact) == 1
    assert page.count("buy__facts") == 1


def test_what_is_sold_out_is_not_sent_and_says_so(client: FlaskClient, product: Product) -> None:
    madder = next(variant for variant in product.variants if variant.colour.slug == "madder")
    db.session.get_one(StockLevel, madder.id).on_hand = 0
    db.session.commit()
    answer = check(client, product, "560001", colour="madder")
    assert answer.status_code == 200
    assert "Madder is sold out in every size" in answer.text
    assert "sold out in every size" not in check(client, product, "560001", colour="indigo").text


def test_a_shop_without_a_way_of_delivery_says_so(client: FlaskClient, product: Product) -> None:
    for method in db.session.query(DeliveryMethod):
        method.retired_at = now()
    db.session.commit()
    assert "We send nothing at the moment" in check(client, product, "560001").text


def test_the_place_is_remembered_and_reaches_a_page_that_is_the_same_for_all(app, client, product):
    check(client, product, "600001")
    page = client.get(f"/p/{product.slug}")
    assert "600001" not in page.text
    assert page.data == app.test_client().get(f"/p/{product.slug}").data
    fragment = client.get(f"/_f/recently-viewed?slug={product.slug}&colour=madder", headers=HTMX).text
    assert 'id="delivery" hx-swap-oob="true"' in fragment
    assert 'name="colour" value="madder"' in fragment
    assert "Tamil Nadu 600001" in fragment
    assert "Tamil Nadu 600001" in client.get(f"/p/{product.slug}?colour=madder", headers=HTMX).text
    assert "Tamil Nadu 600001" in client.get(f"/p/{product.slug}/delivery").text


@pytest.mark.parametrize("kept", ["999999", "junk", "ü" * 300])
def test_a_remembered_place_that_is_none_is_passed_over(client: FlaskClient, product: Product, kept: str) -> None:
    client.set_cookie(COOKIE, kept)
    rail = "/_f/recently-viewed?slug="
    for path in (f"/p/{product.slug}/delivery", f"{rail}{product.slug}", f"{rail}nothing"):
        answer = client.get(path, headers=HTMX)
        assert answer.status_code == 200
        assert "field__error" not in answer.text


@pytest.mark.covers("STO-02")
def test_bangladesh_has_its_own_codes_and_knows_not_every_one(client: FlaskClient, product: Product) -> None:
    shop_in("BD")
    assert "Dhaka, Dhaka 1212" in check(client, product, "1212").text
    assert "Deliver to postcode" in client.get(f"/p/{product.slug}").text
    unknown = check(client, product, "9999")
    assert unknown.status_code == 200
    assert "Delivered to <b>9999</b>" in unknown.text
    assert "A postcode has 4 digits" in check(client, product, "560001").text


def test_a_product_that_is_not_there_is_404(client: FlaskClient) -> None:
    assert client.get("/p/nothing/delivery?postal_code=560001").status_code == 404
