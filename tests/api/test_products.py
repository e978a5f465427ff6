"""Products through the API."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.catalog.models import Attribute, Category, ListingRow, Occasion, ProductType
from shop.extensions import db
from shop.lib.clock import now
from tests.api.asking import App
from tests.factories import a_product, add_variant, list_again
from tests.support.statements import statements


def names(client: FlaskClient, **query: Any) -> list[str]:
    answer = App(client).get("/products/", **query)
    assert answer.status_code == 200
    assert answer.headers["X-Total-Count"] == str(len(answer.json))
    return [product["name"] for product in answer.json]


@pytest.mark.covers("CAT-06", "API-04")
def test_a_listed_product_says_what_a_card_needs(client: FlaskClient) -> None:
    product = a_product("Dyer's tee", price=149900, sale_price=99900, sizes=("S", "M"), units=3)
    [listed] = App(client).get("/products/").json
    assert listed["id"] == str(product.id)
    assert (listed["price"], listed["was"], listed["currency"]) == ("999.00", "1499.00", "INR")
    assert (listed["quantity"], listed["out_of_stock"]) == (6, False)
    assert (listed["brand"], listed["category"], listed["product_type"]) == ("Kora", "T-Shirts", "T-shirt")
    assert (listed["occasion_id"], listed["occasion"]) == (None, None)
    assert listed["thumbnail_url"].startswith("http")


@pytest.mark.covers("CAT-03", "CAT-04")
def test_a_product_comes_with_its_variants_and_pictures(client: FlaskClient) -> None:
    product = a_product(colours=("Indigo", "Ecru"), units=2, maker="Kora Mills, Erode")
    found = App(client).get(f"/products/{product.id}").json
    indigo, ecru = found["variants"]
    assert (indigo["size"], indigo["color"]["slug"], ecru["color"]["name"]) == ("M", "indigo", "Ecru")
    assert (indigo["price"], indigo["sale_price"], indigo["quantity"]) == ("1499.00", None, 2)
    assert [picture["color"] for picture in found["pictures"]] == ["indigo", "ecru"]
    assert [file["width"] for file in found["pictures"][0]["files"]] == [320, 480, 640, 960]
    assert found["legal"] == {"mrp": "1499.00", "hsn": "6109", "country_of_origin": "India",
                              "maker": "Kora Mills, Erode", "net_quantity": "1 N"}  # fmt: skip


def test_retired_variants_are_neither_shown_nor_counted(client: FlaskClient) -> None:
    product = a_product(sizes=("S", "M"), units=4)
    product.variants[0].retired_at = now()
    list_again(product)
    found = App(client).get(f"/products/{product.id}").json
    assert ([variant["size"] for variant in found["variants"]], found["quantity"]) == (["M"], 4)
    assert App(client).get("/products/").json[0]["quantity"] == 4


@pytest.mark.covers("CAT-06")
def test_words_find_products_as_on_the_shops_pages(client: FlaskClient) -> None:
    a_product("Linen shirt")
    a_product("Wool jumper")
    assert names(client, q="LINENS") == ["Linen shirt"]
    assert names(client, q="linen jumper") == []
    assert names(client, q="!!") == []


@pytest.mark.covers("CAT-06")
@pytest.mark.parametrize("text", ['"', "NEAR(", "tee* AND", "%_\\", "\0", "👕\u202e", "x" * 10_000, "tee " * 2500])
def test_any_text_may_be_searched_for(client: FlaskClient, text: str) -> None:
    assert App(client).get("/products/", q=text).status_code == 200


@pytest.mark.covers("CAT-06")
def test_a_category_is_asked_for_with_everything_below_it(client: FlaskClient) -> None:
    product = a_product("Crew tee", category="men")
    below = Category(slug="men-tees", path="men/men-tees", name="Tees", parent_id=product.category_id)
    db.session.add(below)
    a_product("Henley", category="men-tees")
    a_product("Skirt", category="women")
    assert sorted(names(client, category_id=product.category_id)) == ["Crew tee", "Henley"]
    assert names(client, category_id=below.id) == ["Henley"]
    assert names(client, category_id=987654) == []


@pytest.mark.covers("CAT-06")
def test_brand_occasion_and_type_are_asked_for_by_id(client: FlaskClient) -> None:
    occasion, kind = Occasion(slug="wedding", name="Wedding"), ProductType(slug="saree", name="Saree")
    mine = a_product("Silk saree", brand="Sutra", occasion=occasion)
    mine.product_type = kind
    list_again(mine)
    a_product("Plain tee")
    db.session.flush()
    for name, value in (("brand", mine.brand_id), ("occasion", occasion.id), ("product_type", kind.id)):
        assert names(client, **{f"{name}_id": value}) == ["Silk saree"]
        for unknown in (987654, "9" * 18):
            assert names(client, **{f"{name}_id": unknown}) == []


@pytest.mark.covers("API-04")
def test_a_colour_means_any_variant_and_is_known_by_slug_and_name(client: FlaskClient) -> None:
    a_product("Two-way tee", colours=("Indigo", "Deep Teal"))
    a_product("Other tee", colours=("Ecru",))
    for word in ("deep-teal", "Deep Teal", "INDIGO"):
        assert names(client, color=word) == ["Two-way tee"]
    assert names(client, color="no such hue") == []


@pytest.mark.covers("CAT-06")
def test_what_is_sold_out_is_left_out_or_asked_for(client: FlaskClient) -> None:
    a_product("Gone", units=0)
    a_product("There")
    assert names(client, out_of_stock="true") == ["Gone"]
    assert names(client, out_of_stock="false") == ["There"]
    assert sorted(names(client)) == ["Gone", "There"]


@pytest.mark.covers("CAT-06")
def test_both_ends_of_a_price_range_belong_to_it(client: FlaskClient) -> None:
    for rupees in (499, 999, 1499):
        a_product(f"At {rupees}", price=rupees * 100)
    assert names(client, min_price="499", max_price="999.00", sort="price") == ["At 499", "At 999"]
    assert names(client, min_price="999.01") == ["At 1499"]
    assert names(client, sort="price-desc") == ["At 1499", "At 999", "At 499"]


def test_a_dearer_size_does_not_bring_a_product_into_a_range_above_its_price(client: FlaskClient) -> None:
    product = a_product("Plain tee", price=49900)
    add_variant(product, size="XXL", price=149900)
    list_again(product)
    assert names(client, min_price="1000") == []


@pytest.mark.covers("API-03")
@pytest.mark.parametrize(("query", "field"), [
    ({"min_price": "2000", "max_price": "1000"}, "max_price"), ({"min_price": "-1"}, "min_price"),
    ({"min_price": "1e3"}, "min_price"), ({"sort": "cheapest"}, "sort"), ({"brand_id": "kora"}, "brand_id"),
    ({"out_of_stock": "perhaps"}, "out_of_stock"), ({"skip": -1}, "skip"), ({"size": "x" * 21}, "size"),
])  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_by_name(client: FlaskClient, query: dict[str, Any], field: str) -> None:
    answer = App(client).get("/products/", **query)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


@pytest.mark.covers("API-03")
def test_products_come_in_pages_with_their_number(client: FlaskClient) -> None:
    for rupees in (100, 200, 300):
        a_product(f"At {rupees}", price=rupees * 100)
    answer = App(client).get("/products/", sort="price", skip=1, limit=1)
    assert [product["name"] for product in answer.json] == ["At 200"]
    assert answer.headers["X-Total-Count"] == "3"


def test_what_is_not_on_the_shelf_is_as_missing_as_what_never_was(client: FlaskClient) -> None:
    hidden, gone = a_product(published=False), a_product()
    gone.deleted_at = now()
    list_again(gone)
    assert App(client).get("/products/").json == []
    missing = App(client).get("/products/987654")
    assert missing.status_code == 404
    assert {App(client).get(f"/products/{product.id}").data for product in (hidden, gone)} == {missing.data}


def test_a_list_asks_the_database_as_often_for_three_products_as_for_one(client: FlaskClient) -> None:
    query = {"category_id": a_product(colours=("Indigo", "Ecru")).category_id, "color": "indigo", "q": "tee"}
    App(client).get("/products/", **query)
    with statements() as for_one:
        App(client).get("/products/", **query)
    a_product(brand="Sutra", sizes=("S", "M", "L"))
    a_product(brand="Rang", occasion=Occasion(slug="work", name="Work"))
    db.session.commit()
    assert len(App(client).get("/products/", **query).json) == 3
    with statements() as for_three:
        App(client).get("/products/", **query)
    assert len(for_three) == len(for_one) <= 9


@pytest.mark.covers("CAT-06")
def test_attributes_are_asked_for_by_name_and_value(client: FlaskClient) -> None:
    db.session.add(Attribute(slug="fit", name="Fit"))
    db.session.flush()
    a_product("Slim tee", colours=("Indigo",), sizes=("S", "L"), specifications={"Fit": "Slim"})
    a_product("Loose tee", colours=("Madder",), sizes=("L",), specifications={"Fit": "Loose"})
    assert names(client, attributes="fit:SLIM") == ["Slim tee"]
    assert sorted(names(client, attributes="Fit:slim,fit:loose,size:L")) == ["Loose tee", "Slim tee"]
    assert names(client, attributes="color:Madder,size:l") == ["Loose tee"]
    assert names(client, attributes="color:Madder,size:S") == []
    assert names(client, attributes="fit:baggy") == []
    assert names(client, size="S", color="indigo") == ["Slim tee"]


@pytest.mark.covers("CAT-06")
def test_a_discount_is_at_least_what_is_asked(client: FlaskClient) -> None:
    a_product("Half", price=100000, sale_price=50000)
    a_product("Little", price=100000, sale_price=85000)
    assert names(client, discount=50) == ["Half"]
    assert App(client).get("/products/", discount=7).status_code == 422


@pytest.mark.covers("CAT-07")
def test_featured_and_popular_products_have_lists_of_their_own(client: FlaskClient) -> None:
    a_product("Chosen", featured_at=now())
    sold = a_product("Sold")
    a_product("Gone", units=0, featured_at=now())
    db.session.get_one(ListingRow, sold.id).units_sold = 7
    assert [product["name"] for product in App(client).get("/products/featured").json] == ["Chosen"]
    assert [product["name"] for product in App(client).get("/products/popular").json] == ["Sold", "Chosen"]
    assert App(client).get("/products/popular", limit=1).headers["X-Total-Count"] == "2"
