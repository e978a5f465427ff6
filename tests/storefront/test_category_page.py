"""What a category's page says beside its products: words and picture, the way to it, and what is next door."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.extensions import db
from shop.lib.files.kinds import BRAND_LOGO, CATEGORY_PICTURE, SIZE_CHART
from shop.lib.files.storage import stored
from shop.lib.http.structured import breadcrumb_data
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.categories.services import change_category
from shop.merchandising.lookups import records
from shop.merchandising.lookups.nouns import BRAND, PRODUCT_TYPE
from tests.lib.files.parts import encoded, quarters
from tests.merchandising.sorted_by import a_category, a_product_in


def data_of(page: str) -> Any:
    """What a page says to machines."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.covers("CAT-02")
def test_a_category_shows_words_and_picture(client: FlaskClient, media: Path) -> None:
    men_id = a_category("Men", description="Straight, honest cuts.").id
    db.session.commit()
    assert "<img" not in client.get("/c/men").text.partition("<h1>")[2].partition("</div>")[0]
    with stored(encoded(quarters(), "PNG"), CATEGORY_PICTURE) as picture, unit_of_work():
        change_category(men_id, {"picture": picture})
    shown = client.get("/c/men").text
    assert f'<img src="{picture.url}" width="120" height="120" alt="">' in shown
    assert "Straight, honest cuts." in shown


@pytest.mark.covers("CAT-02")
def test_an_empty_category_leads_next_door(client: FlaskClient) -> None:
    men, women = a_category("Men"), a_category("Women")
    a_category("Shirts", men)
    a_product_in(a_category("Kurtas", men))
    a_category("Dresses", women)
    db.session.commit()
    empty = client.get("/c/men-shirts").text.partition("Nothing here yet")[2].partition("</main>")[0]
    assert 'href="/c/men-kurtas"' in empty
    assert 'href="/c/women"' not in empty
    alone = client.get("/c/women-dresses").text.partition("Nothing here yet")[2].partition("</main>")[0]
    assert 'href="/c/men"' in alone


@pytest.mark.covers("CAT-02")
def test_the_way_to_a_category_and_a_product_is_told_to_machines(client: FlaskClient) -> None:
    shirts = a_category("Shirts & more", a_category("Men"))
    product = a_product_in(shirts, "Camp shirt")
    db.session.commit()
    for path, last in (("/c/men-shirts-more", "Shirts & more"), (f"/p/{product.slug}", "Camp shirt")):
        told = data_of(client.get(path).text)
        names = [step["name"] for step in told["itemListElement"]]
        assert (told["@type"], names[:2], names[-1]) == ("BreadcrumbList", ["Home", "Men"], last)
        assert told["itemListElement"][1]["item"].endswith("/c/men")


@pytest.mark.one_engine
@pytest.mark.usefixtures("app")
def test_no_name_ends_the_block_of_data() -> None:
    name = '</script><script>alert("1")</script> & <!--'
    block = str(breadcrumb_data([("Home", "/"), (name, None)]))
    assert block.count("</script>") == 1
    assert html.escape("<") not in block
    assert data_of(block)["itemListElement"][1]["name"] == name


@pytest.mark.covers("CAT-01")
def test_a_product_shows_its_brands_logo_and_its_types_size_chart(client: FlaskClient, media: Path) -> None:
    product = a_product_in(a_category("Men"), "Camp shirt")
    page, type_id, brand_id = f"/p/{product.slug}", product.product_type_id, product.brand_id
    guide = f"/size-guide/{product.product_type.slug}"
    db.session.commit()
    assert "/media/" not in client.get(page).text
    for noun, row_id, column, kind, place in (
        (PRODUCT_TYPE, type_id, "chart", SIZE_CHART, guide),
        (BRAND, brand_id, "logo", BRAND_LOGO, page),
    ):
        with stored(encoded(quarters(), "PNG"), kind) as picture, unit_of_work():
            records.change(noun, row_id, {column: picture})
        assert f'<img src="{picture.url}"' in client.get(place).text
