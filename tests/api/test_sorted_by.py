"""Categories, occasions and kinds of garments through the API."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.catalog.models import Category, Occasion, ProductType
from shop.extensions import db
from tests.api.asking import App
from tests.factories import a_product
from tests.support.statements import statements

LOOKUPS = ("categories", "occasions", "product-types")


def add(*rows: Any) -> None:
    db.session.add_all(rows)
    db.session.flush()


@pytest.mark.covers("CAT-02")
def test_the_tree_comes_as_rows_that_count_what_is_below(client: FlaskClient) -> None:
    top = a_product(category="men").category
    below = Category(slug="men-tees", path="men/men-tees", name="Tees", parent_id=top.id)
    add(below)
    a_product(category="men-tees")
    men, tees = App(client).get("/categories/").json
    assert (men["category"], men["parent_id"], men["level"], men["product_count"]) == ("Men", None, 1, 2)
    assert (tees["path"], tees["parent_id"], tees["level"], tees["product_count"]) == ("men/men-tees", men["id"], 2, 1)
    assert App(client).get(f"/categories/{below.id}").json == tees


@pytest.mark.covers("CAT-02")
def test_categories_are_found_by_their_whole_name_or_a_part(client: FlaskClient) -> None:
    a_product(category="shirts")
    a_product(category="t-shirts")
    names = [row["category"] for row in App(client).get("/categories/", q="SHIRT").json]
    assert names == ["Shirts", "T-Shirts"]
    assert [row["category"] for row in App(client).get("/categories/", category="shirts").json] == ["Shirts"]
    assert App(client).get("/categories/", category="shirt").json == []


@pytest.mark.covers("CAT-01")
def test_occasions_are_found_by_their_whole_name_or_a_part(client: FlaskClient) -> None:
    add(Occasion(slug="wedding", name="Wedding"), Occasion(slug="work", name="Work"))
    [found] = App(client).get("/occasions/", q="edd").json
    assert (found["occasion"], found["slug"]) == ("Wedding", "wedding")
    assert App(client).get(f"/occasions/{found['id']}").json == found
    assert len(App(client).get("/occasions/", occasion="WORK").json) == 1
    assert App(client).get("/occasions/", occasion="wor").json == []


@pytest.mark.covers("CAT-01")
def test_a_kind_of_garment_comes_with_its_size_table(client: FlaskClient) -> None:
    table = {"columns": ["Size", "Chest"], "rows": [["M", "104"]], "note": "Measured flat."}
    add(ProductType(slug="kurta", name="Kurta", size_table=table), ProductType(slug="scarf", name="Scarf"))
    kurta, scarf = App(client).get("/product-types/").json
    assert kurta["size_table"] == table
    assert scarf["size_table"] == {"columns": [], "rows": [], "note": ""}
    assert App(client).get(f"/product-types/{kurta['id']}").json == kurta


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("noun", LOOKUPS)
def test_what_is_not_there_is_404_and_what_does_not_fit_422(client: FlaskClient, noun: str) -> None:
    assert App(client).get(f"/{noun}/987654").status_code == 404
    answer = App(client).get(f"/{noun}/", limit="many")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["limit"])


@pytest.mark.covers("API-03")
@pytest.mark.parametrize("noun", LOOKUPS)
def test_lists_come_in_pages_and_at_one_price(client: FlaskClient, noun: str) -> None:
    first = a_product()
    first.occasion = Occasion(slug="work", name="Work")
    db.session.commit()
    App(client).get(f"/{noun}/")
    with statements() as for_one:
        App(client).get(f"/{noun}/")
    a_product(category="other", occasion=Occasion(slug="home", name="Home"))
    add(ProductType(slug="scarf", name="Scarf"))
    db.session.commit()
    App(client).get(f"/{noun}/")
    with statements() as for_two:
        answer = App(client).get(f"/{noun}/", skip=1, limit=1)
    assert (len(answer.json), answer.headers["X-Total-Count"]) == (1, "2")
    assert len(for_two) == len(for_one) <= 3
