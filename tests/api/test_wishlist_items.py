"""The wishlist through the API."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from shop.cart.models import CartLine, WishlistItem
from shop.catalog.models import Product
from shop.extensions import db
from tests.api.asking import App
from tests.factories import a_product, a_user, list_again
from tests.support.statements import statements

WISHES = "/wishlist-items/"


def like(app: App, product: Product, **more: str) -> TestResponse:
    return app.send("POST", WISHES, product_id=product.id, **more)


def wished() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(WishlistItem.product_id).order_by(WishlistItem.id)))


def in_bag() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(CartLine.variant_id)))


@pytest.fixture
def asha(client: FlaskClient) -> App:
    return App(client, a_user())


@pytest.mark.covers("CRT-03")
def test_a_product_is_liked_once_however_often_it_is_sent(asha: App) -> None:
    product = a_product(price=149900, sale_price=99900)
    first, again = like(asha, product), like(asha, product)
    assert (first.status_code, again.status_code, first.json) == (201, 201, again.json)
    assert (first.json["price"], first.json["was"], first.json["in_stock"]) == ("999.00", "1499.00", True)
    assert first.json["thumbnail_url"].startswith("http")
    assert wished() == [product.id]


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("color", ["madder", "Madder"])
def test_a_form_body_likes_as_well_and_keeps_the_color(asha: App, color: str) -> None:
    product = a_product(colours=("Indigo", "Madder"))
    said = {"product_id": product.id, "color": color}
    answer = asha.client.post("/api/v1/wishlist-items/", data=said, headers=asha.headers)
    assert (answer.status_code, answer.json["color"]) == (201, "Madder")


@pytest.mark.covers("API-03")
def test_what_is_no_product_is_refused(asha: App) -> None:
    assert asha.send("POST", WISHES, product_id="tee").json["errors"] == {"product_id": ["That is no id."]}
    assert list(asha.send("POST", WISHES).json["errors"]) == ["product_id"]
    assert list(like(asha, a_product(), color="octarine").json["errors"]) == ["color"]
    assert like(asha, a_product(published=False)).status_code == 404
    assert wished() == []


@pytest.mark.covers("CRT-03")
def test_the_newest_comes_first_in_parts_and_by_product(asha: App) -> None:
    products = [a_product() for _ in range(3)]
    ids = [like(asha, product).json["id"] for product in products]
    answer = asha.get(WISHES, skip=1, limit=1)
    assert ([item["id"] for item in answer.json], answer.headers["X-Total-Count"]) == ([ids[1]], "3")
    assert [item["id"] for item in asha.get(WISHES, product_id=products[2].id).json] == [ids[2]]


@pytest.mark.covers("CRT-03")
def test_a_longer_wishlist_asks_the_database_no_more(asha: App) -> None:
    like(asha, a_product(brand="Kora"))
    with statements() as short:
        asha.get(WISHES)
    for brand in ("Sutra", "Neem", "Banyan"):
        like(asha, a_product(brand=brand))
    with statements() as long:
        assert len(asha.get(WISHES).json) == 4
    assert len(long) == len(short)


@pytest.mark.covers("CRT-03")
def test_what_is_not_sold_any_more_stays_without_a_price(asha: App) -> None:
    product = a_product()
    item = like(asha, product).json["id"]
    product.published_at = None
    list_again(product)
    shown = asha.get(f"{WISHES}{item}").json
    assert (shown["price"], shown["in_stock"], shown["name"]) == (None, False, product.name)


@pytest.mark.covers("CRT-03")
def test_an_item_is_removed_once(asha: App) -> None:
    item = like(asha, a_product()).json["id"]
    assert asha.send("DELETE", f"{WISHES}{item}").json == {"deleted": True}
    assert wished() == []
    assert asha.send("DELETE", f"{WISHES}{item}").status_code == 404


@pytest.mark.covers("CRT-03")
def test_a_size_moves_into_the_bag_in_the_color_it_was_liked_in(asha: App) -> None:
    product = a_product(colours=("Indigo", "Madder"))
    madder = product.variants[1].id
    item = like(asha, product, color="madder").json["id"]
    answer = asha.send("POST", f"{WISHES}move-to-cart/{item}", size="M")
    assert (answer.status_code, answer.json["color"], answer.json["quantity"]) == (200, "Madder", 1)
    assert (wished(), in_bag()) == ([], [madder])


@pytest.mark.covers("API-04")
def test_a_size_in_two_colors_stays_on_the_wishlist_and_lists_the_choices(asha: App) -> None:
    product = a_product(colours=("Indigo", "Madder"))
    indigo = product.variants[0].id
    item = like(asha, product).json["id"]
    answer = asha.send("POST", f"{WISHES}move-to-cart/{item}", size="M")
    assert (answer.status_code, list(answer.json["errors"]), len(answer.json["choices"])) == (422, ["color"], 2)
    assert (wished(), in_bag()) == ([product.id], [])
    moved = asha.send("POST", f"{WISHES}move-to-cart/{item}", {"variant_id": answer.json["choices"][0]["variant_id"]})
    assert (moved.status_code, in_bag()) == (200, [indigo])


@pytest.mark.covers("CRT-03")
def test_a_size_that_is_sold_out_stays_on_the_wishlist(asha: App) -> None:
    product = a_product(units=0)
    item = like(asha, product).json["id"]
    assert asha.send("POST", f"{WISHES}move-to-cart/{item}", size="M").status_code == 422
    assert (wished(), in_bag()) == ([product.id], [])


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("DELETE", ""), ("POST", "move-to-cart/")])
def test_a_strangers_item_answers_like_one_that_is_not_there(
    client: FlaskClient, asha: App, method: str, path: str
) -> None:
    product = a_product()
    item, other = like(asha, product).json["id"], App(client, a_user())
    theirs = other.send(method, f"{WISHES}{path}{item}")
    assert theirs.status_code == 404
    assert other.send(method, f"{WISHES}{path}999999").data == theirs.data
    assert wished() == [product.id]


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("GET", "1"), ("DELETE", "1"), ("POST", "move-to-cart/1")]
)
def test_the_wishlist_needs_a_token(client: FlaskClient, method: str, path: str) -> None:
    assert App(client).send(method, f"{WISHES}{path}").status_code == 401


@pytest.mark.covers("CRT-03")
def test_a_wish_changes_its_color_or_loses_it(asha: App) -> None:
    item = like(asha, a_product(colours=("Indigo", "Madder")), color="Indigo").json["id"]
    assert asha.send("PUT", f"{WISHES}{item}", {"color": "Madder"}).json["color"] == "Madder"
    assert db.session.scalars(select(WishlistItem)).one().colour_id
    assert asha.send("PUT", f"{WISHES}{item}", {"color": None}).json["color"] is None
    other = a_product(colours=("Ecru",))
    assert other.id
    for color in ("Ecru", "octarine"):
        answer = asha.send("PUT", f"{WISHES}{item}", {"color": color})
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["color"])
    assert asha.send("PUT", f"{WISHES}{item}", {}).status_code == 400
