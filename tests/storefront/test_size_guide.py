"""The size guide, on its page and beside a product, and the comparison with a garment one owns."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from shop.catalog.models import Product, ProductType
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.stock import services as stock
from tests.factories import a_product
from tests.staff.desk import words

HTMX = {"HX-Request": "true"}
TABLE = {
    "columns": ["Size", "For", "Body chest", "Garment chest", "Length", "EU"],
    "rows": [
        ["S", "Men", 91, 101, 68, "46"],
        ["M", "Men", 96, 106, 70, "48"],
        ["L", "Men", 102, 112, 72, "50"],
        ["M", "Women", 88, 98, 65, "38"],
    ],
    "note": "Measured flat.",
}


def a_measured_product(sizes: tuple[str, ...] = ("S", "M", "L"), category: str = "men") -> Product:
    product = a_product("Loom tee", sizes=sizes, category=category)
    db.session.get_one(ProductType, product.product_type_id).size_table = TABLE
    db.session.commit()
    return product


def cells(text: str) -> list[str]:
    """What stands in the cells of the tables, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.S)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row))).strip() for row in rows]


@pytest.mark.covers("CAT-01")
def test_a_kinds_guide_has_body_and_garment_in_two_units_and_sizes_elsewhere(client: FlaskClient) -> None:
    a_measured_product()
    page = client.get("/size-guide/t-shirt?for=men")
    assert "Size guide: T-shirt, Men" in words(page)
    assert cells(page.text)[:4] == ["Size Chest", "S 91 35¾", "M 96 37¾", "L 102 40¼"]
    assert "M 106 41¾ 70 27½" in cells(page.text)
    assert "M 48" in cells(page.text)
    assert "Measured flat." in page.text
    assert "From armpit to armpit, doubled." in page.text
    assert 'href="http://localhost/size-guide/t-shirt?for=men"' in page.text


@pytest.mark.covers("CAT-01")
def test_without_a_wearer_all_rows_are_shown_and_say_whose_they_are(client: FlaskClient) -> None:
    a_measured_product()
    for asked in ("", "?for=nobody"):
        page = client.get(f"/size-guide/t-shirt{asked}").text
        assert "M Women 88 34¾" in cells(page)
        assert re.findall(r'href="/size-guide/t-shirt\?for=(\w+)"', page) == ["men", "women"]


def test_a_kind_without_measurements_or_that_is_gone_has_no_guide(client: FlaskClient) -> None:
    product = a_product()
    db.session.commit()
    assert client.get("/size-guide/t-shirt").status_code == 404
    assert "size-guide" not in client.get(f"/p/{product.slug}").text
    a_measured_product()
    assert client.get("/size-guide/t-shirt").status_code == 200
    db.session.get_one(ProductType, product.product_type_id).deleted_at = now()
    db.session.commit()
    assert client.get("/size-guide/t-shirt").status_code == 404


@pytest.mark.covers("CAT-03")
def test_a_product_leads_to_the_rows_of_who_wears_it(client: FlaskClient) -> None:
    product = a_measured_product(category="women", sizes=("M",))
    page = client.get(f"/p/{product.slug}").text
    assert 'href="/size-guide/t-shirt?for=women"' in page
    part = client.get("/size-guide/t-shirt?for=women", headers=HTMX)
    assert "<html" not in part.text
    assert cells(part.text)[:2] == ["Size Chest", "M 88 34¾"]
    assert part.headers["Cache-Control"] == "no-store"


def compare(client: FlaskClient, product: Product, **asked: str):
    return client.get(f"/p/{product.slug}/fit", query_string={key.replace("_", "-"): v for key, v in asked.items()})


@pytest.mark.covers("CAT-03")
def test_the_nearest_size_to_a_garment_one_owns_is_told_with_its_differences(client: FlaskClient) -> None:
    product = a_measured_product()
    page = compare(client, product, my_chest="108", my_length="69,5")
    said = words(page)
    assert "Nearest: size M Fits like yours" in said
    assert "Chest −2 cm, narrower (yours 108 cm, size M 106 cm)" in said
    assert "Length +0.5 cm, about the same (yours 69.5 cm, size M 70 cm)" in said
    assert "L Fits like yours" not in said
    assert "L Roomier than yours +4 cm, wider +2.5 cm, longer" in said
    assert f'href="/p/{product.slug}?colour=indigo&amp;size=m"' in page.text
    assert '<rect x="-2.0" y=".3" width="2.0"' in page.text


@pytest.mark.covers("CAT-03")
def test_who_measures_in_inches_is_answered_in_inches(client: FlaskClient) -> None:
    page = words(compare(client, a_measured_product(), unit="in", my_chest="41.75"))
    assert "Nearest: size M" in page
    assert "Chest the same (yours 41¾ in, size M 41¾ in)" in page
    assert "L Roomier than yours +2¼ in, wider" in page


@pytest.mark.covers("CAT-03")
def test_a_nearest_size_that_is_sold_out_is_marked(client: FlaskClient) -> None:
    product = a_measured_product()
    stock.adjust(product.variants[1].id, to_on_hand=0, actor=SYSTEM)
    page = words(compare(client, product, my_chest="106"))
    assert "Nearest: size M Fits like yours. Sold out." in page
    assert "M Fits like yours, sold out" in page
    assert "Choose size M" not in page


def test_far_from_every_size_is_said_so(client: FlaskClient) -> None:
    assert "None is close; the nearest is size L" in words(compare(client, a_measured_product(), my_chest="150"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"my_chest": "wide"}, "Enter a length from 1 to 300, like 52 or 52.5."),
        ({"my_chest": "0"}, "Enter a length from 1 to 300, like 52 or 52.5."),
        ({"my_chest": "9" * 400}, "Enter a length from 1 to 300, like 52 or 52.5."),
        ({"my_chest": ""}, "Enter at least one measurement."),
        ({"my_chest": "106", "unit": "ell"}, "Not a valid choice"),
    ],
)
def test_what_is_no_length_is_shown_again(client: FlaskClient, asked: dict[str, str], said: str) -> None:
    page = compare(client, a_measured_product(), **asked)
    assert (page.status_code, said in words(page)) == (422, True)
    assert f'value="{asked["my_chest"]}"' in page.text


def test_a_product_whose_sizes_are_not_measured_is_not_compared(client: FlaskClient) -> None:
    product = a_product()
    db.session.commit()
    assert compare(client, product).status_code == 404
    assert client.get("/p/nothing/fit").status_code == 404
    unmeasured = a_measured_product(sizes=("XXL",))
    assert "None of the sizes of this colour" in words(compare(client, unmeasured, my_chest="106"))
    for_all = a_measured_product(category="kids")
    assert "Compare with a garment you own" not in client.get(f"/p/{for_all.slug}").text
