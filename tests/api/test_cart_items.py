"""The bag through the API."""

from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from shop.cart.models import CartLine, WishlistItem
from shop.catalog.models import Product
from shop.extensions import db
from shop.lib.money import Money
from tests.api.asking import App
from tests.factories import a_product, a_user, list_again
from tests.support.statements import statements

BAG = "/cart-items/"


def put_in(app: App, product: Product, **more: Any) -> TestResponse:
    return app.send("POST", BAG, {"product_id": product.id, "size": "M"} | more)


def kept() -> list[tuple[int, int]]:
    """Variant and quantity of every line there is."""
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(select(CartLine.variant_id, CartLine.quantity))]


@pytest.fixture
def asha(client: FlaskClient) -> App:
    return App(client, a_user())


@pytest.mark.covers("CRT-01")
def test_a_size_goes_into_the_bag_and_units_of_the_same_size_add_up(asha: App) -> None:
    product = a_product(price=149900, sale_price=99900)
    variant_id = product.variants[0].id
    first, second = put_in(asha, product), put_in(asha, product, quantity=2)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json["id"] == first.json["id"]
    expected = {"quantity": 3, "unit_price": "999.00", "was": "1499.00", "total": "2997.00", "for_sale": 10,
                "size": "M", "color": "Indigo", "problem": None, "problem_text": None}  # fmt: skip
    assert {name: second.json[name] for name in expected} == expected
    assert second.json["thumbnail_url"].startswith("http")
    assert kept() == [(variant_id, 3)]


@pytest.mark.parametrize("way", ["json", "data"])
def test_a_body_of_very_many_fields_is_refused_at_once(asha: App, way: str) -> None:
    few, many = ({f"field{number}": "1" for number in range(count)} for count in (200, 201))
    post = partial(asha.client.post, "/api/v1/cart-items/", headers=asha.headers)
    answers = [post(**{way: few}), post(**{way: many})]
    assert [answer.status_code for answer in answers] == [422, 413]
    assert answers[1].json["detail"] == "Send at most 200 fields."


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("way", ["query", "form", "multipart", "both"])
def test_query_form_and_multipart_work_like_json(asha: App, way: str) -> None:
    said = {"product_id": a_product().id, "size": "M", "quantity": "4"}
    sent: dict[str, Any] = {
        "query": {"query_string": said},
        "form": {"data": said},
        "multipart": {"data": said, "content_type": "multipart/form-data"},
        "both": {"query_string": said, "json": {"quantity": 9}},
    }[way]
    answer = asha.client.post("/api/v1/cart-items/", headers=asha.headers, **sent)
    assert (answer.status_code, answer.json["quantity"]) == (201, 4)


@pytest.mark.covers("API-04")
def test_a_size_in_two_colors_is_refused_with_the_choices(asha: App) -> None:
    product = a_product(colours=("Indigo", "Madder"))
    ids = [str(variant.id) for variant in product.variants]
    answer = put_in(asha, product)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["color"])
    assert [(way["variant_id"], way["color"]) for way in answer.json["choices"]] == list(
        zip(ids, ["Indigo", "Madder"], strict=True)
    )
    assert kept() == []


@pytest.mark.covers("API-04")
def test_a_color_or_the_variant_decides(asha: App) -> None:
    product = a_product(colours=("Indigo", "Madder"))
    indigo, madder = (variant.id for variant in product.variants)
    assert put_in(asha, product, color="madder").json["variant_id"] == str(madder)
    assert put_in(asha, product, variant_id=indigo).json["color"] == "Indigo"


@pytest.mark.covers("API-04")
@pytest.mark.parametrize("wrong", [{"size": "XXL"}, {"color": "green"}, {"variant_id": "999999"}])
def test_a_variant_the_product_does_not_have_is_refused_by_field(asha: App, wrong: dict[str, str]) -> None:
    answer = put_in(asha, a_product(), **wrong)
    assert (answer.status_code, list(answer.json["errors"])) == (422, list(wrong))
    assert len(answer.json["choices"]) == 1
    assert kept() == []


@pytest.mark.covers("API-04")
def test_a_product_that_is_not_on_the_shelf_is_404(asha: App) -> None:
    hidden = put_in(asha, a_product(published=False))
    assert hidden.status_code == 404
    assert asha.send("POST", BAG, {"product_id": "999999", "size": "M"}).data == hidden.data


@pytest.mark.covers("CRT-01")
@pytest.mark.parametrize("quantity", [0, -1, 101, True, "0.5", 0.5, "1e9", "NaN", "1_0", "٣", None, [], {}, "", 10**30])
def test_a_quantity_that_is_none_is_refused(asha: App, quantity: Any) -> None:
    answer = put_in(asha, a_product(units=500), quantity=quantity)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["quantity"])
    assert kept() == []


def test_an_endless_number_is_no_quantity(asha: App) -> None:
    body = f'{{"product_id": "{a_product().id}", "size": "M", "quantity": 1e400}}'
    answer = asha.client.post("/api/v1/cart-items/", data=body, content_type="application/json", headers=asha.headers)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["quantity"])


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("body", [[], None, "text", 7, {"product_id": "1", "cart_id": "2"}, {"size": "M"}])
def test_a_body_that_says_nothing_useful_is_422(asha: App, body: Any) -> None:
    sent = {"json": body} if body is not None else {"data": "null", "content_type": "application/json"}
    answer = asha.client.post("/api/v1/cart-items/", headers=asha.headers, **sent)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")


@pytest.mark.covers("CRT-01")
def test_more_than_there_is_cannot_go_into_the_bag(asha: App) -> None:
    product = a_product(units=3)
    put_in(asha, product, quantity=2)
    answer = put_in(asha, product, quantity=2)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["quantity"])
    assert [quantity for _, quantity in kept()] == [2]


@pytest.mark.covers("CRT-02")
def test_a_line_tells_in_code_and_words_what_changed(asha: App) -> None:
    product = a_product(price=100000)
    item = put_in(asha, product).json["id"]
    product.variants[0].price = Money(120000)
    list_again(product)
    line = asha.get(f"{BAG}{item}").json
    assert line["problem"] == "price_up"
    assert line["problem_text"] == "The price went up from ₹1,000 to ₹1,200."


@pytest.mark.covers("CRT-01")
def test_lines_are_listed_in_parts_and_by_product(asha: App) -> None:
    products = [a_product() for _ in range(3)]
    ids = [put_in(asha, product).json["id"] for product in products]
    answer = asha.get(BAG, skip=1, limit=1)
    assert ([line["id"] for line in answer.json], answer.headers["X-Total-Count"]) == ([ids[1]], "3")
    assert [line["id"] for line in asha.get(BAG, product_id=products[2].id).json] == [ids[2]]


@pytest.mark.covers("CRT-01")
def test_a_longer_bag_asks_the_database_no_more(asha: App) -> None:
    put_in(asha, a_product())
    with statements() as short:
        asha.get(BAG)
    for _ in range(4):
        put_in(asha, a_product())
    with statements() as long:
        assert len(asha.get(BAG).json) == 5
    assert len(long) == len(short)


@pytest.mark.covers("CRT-01")
def test_quantity_size_and_color_of_a_line_change(asha: App) -> None:
    product = a_product(colours=("Indigo", "Madder"), sizes=("M", "L"))
    item = put_in(asha, product, color="Indigo").json["id"]
    asha.send("PUT", f"{BAG}{item}", {"quantity": 5})
    changed = asha.send("PUT", f"{BAG}{item}", {"size": "L"}).json
    assert (changed["id"], changed["size"], changed["color"], changed["quantity"]) == (item, "L", "Indigo", 5)
    changed = asha.send("PUT", f"{BAG}{item}", {"color": "madder", "quantity": 2}).json
    assert (changed["id"], changed["size"], changed["color"]) == (item, "L", "Madder")
    assert kept() == [(int(changed["variant_id"]), 2)]


@pytest.mark.covers("CRT-01")
def test_a_line_that_becomes_the_same_as_another_joins_it(asha: App) -> None:
    product = a_product(sizes=("M", "L"))
    first, second = put_in(asha, product, quantity=2).json, put_in(asha, product, size="L").json
    joined = asha.send("PUT", f"{BAG}{first['id']}", {"size": "L"}).json
    assert (joined["id"], joined["quantity"]) == (second["id"], 3)
    assert kept() == [(int(second["variant_id"]), 3)]


@pytest.mark.covers("API-03")
def test_a_change_without_a_field_is_400_and_one_too_many_is_422(asha: App) -> None:
    item = put_in(asha, a_product(units=2)).json["id"]
    assert asha.send("PUT", f"{BAG}{item}", {}).status_code == 400
    assert asha.send("PUT", f"{BAG}{item}", {"quantity": 3}).status_code == 422
    assert [quantity for _, quantity in kept()] == [1]


@pytest.mark.covers("CRT-01")
def test_a_line_is_removed_once(asha: App) -> None:
    item = put_in(asha, a_product()).json["id"]
    answer = asha.send("DELETE", f"{BAG}{item}")
    assert (answer.status_code, answer.json) == (200, {"deleted": True})
    assert kept() == []
    assert asha.send("DELETE", f"{BAG}{item}").status_code == 404


@pytest.mark.covers("CRT-03")
def test_a_line_moves_to_the_wishlist_in_its_color(asha: App) -> None:
    product = a_product(colours=("Indigo", "Madder"))
    item = put_in(asha, product, color="Madder").json["id"]
    answer = asha.send("POST", f"{BAG}move-to-wishlist/{item}")
    assert (answer.status_code, answer.json["color"], answer.json["in_stock"]) == (200, "Madder", True)
    assert kept() == []
    assert db.session.scalars(select(WishlistItem.product_id)).all() == [product.id]


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "move-to-wishlist/")]
)  # fmt: skip
def test_a_strangers_line_answers_like_one_that_is_not_there(
    client: FlaskClient, asha: App, method: str, path: str
) -> None:
    item = put_in(asha, a_product()).json["id"]
    other, body = App(client, a_user()), {"quantity": 2} if method == "PUT" else None
    theirs = other.send(method, f"{BAG}{path}{item}", body)
    assert theirs.status_code == 404
    assert other.send(method, f"{BAG}{path}999999", body).data == theirs.data
    assert [quantity for _, quantity in kept()] == [1]


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("POST", ""), ("GET", "1"), ("PUT", "1"), ("DELETE", "1"), ("POST", "move-to-wishlist/1")],
)
def test_the_bag_needs_a_token(client: FlaskClient, method: str, path: str) -> None:
    answer = App(client).send(method, f"{BAG}{path}")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.covers("CRT-01")
def test_the_whole_bag_is_emptied_and_nobody_elses(client: FlaskClient, asha: App) -> None:
    other = App(client, a_user())
    for app in (asha, other):
        assert app.send("POST", BAG, {"product_id": a_product().id, "size": "M"}).status_code == 201
    assert [asha.send("DELETE", BAG).json for _ in range(2)] == [{"deleted": True}] * 2
    assert (asha.get(BAG).json, len(other.get(BAG).json)) == ([], 1)
