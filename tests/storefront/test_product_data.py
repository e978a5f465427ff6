"""What a product's page tells machines is what it tells people."""

import html
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from shop.catalog.models import Product
from shop.lib.actor import SYSTEM
from shop.lib.money import Money
from shop.stock import services as stock
from tests.factories import a_product, add_variant, list_again
from tests.staff.desk import words

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def group_of(client: FlaskClient, product: Product) -> dict[str, Any]:
    blocks = map(json.loads, BLOCK.findall(client.get(f"/p/{product.slug}").text))
    return next(block for block in blocks if block["@type"] == "ProductGroup")


@pytest.mark.covers("CAT-03", "CAT-04")
def test_every_variant_is_offered_at_the_price_its_page_says(client: FlaskClient) -> None:
    product = a_product("Loom tee", colours=("Indigo", "Madder"), sizes=("M", "L"), price=149900, sale_price=129950)
    add_variant(product, "Madder", "XL", price=169900)
    list_again(product)
    stock.adjust(product.variants[0].id, to_on_hand=0, actor=SYSTEM)
    group = group_of(client, product)
    assert (group["name"], group["brand"]["name"], group["productGroupID"]) == ("Loom tee", "Kora", str(product.id))
    assert group["url"] == f"http://localhost/p/{product.slug}"
    offers = {variant["sku"]: variant["offers"] for variant in group["hasVariant"]}
    assert set(offers) == {variant.sku for variant in product.variants}
    for variant in product.variants:
        offer = offers[variant.sku]
        page = client.get(html.unescape(offer["url"]).removeprefix("http://localhost"))
        price = (variant.sale_price or variant.price).minor / 100
        assert float(offer["price"]) == price
        assert f"₹{price:,.2f}".removesuffix(".00") in words(page)
        is_there = variant is not product.variants[0]
        assert offer["availability"].endswith("/InStock" if is_there else "/OutOfStock")
        assert f'value="{variant.id}" required checked' in page.text or not is_there


@pytest.mark.covers("CAT-03")
def test_each_variant_has_its_colours_picture_and_no_text_ends_the_block(client: FlaskClient) -> None:
    product = a_product(colours=("Indigo",), description="<!-- </script><b>")
    product.name = 'Tee</script><script>alert("1")</script>'
    list_again(product)
    (variant,) = group_of(client, product)["hasVariant"]
    assert re.fullmatch(r"http://localhost/static/garments/tee-plain/indigo-960\.webp\?v=\w+", variant["image"])
    assert (variant["color"], variant["size"], variant["offers"]["priceCurrency"]) == ("Indigo", "M", "INR")
    group = group_of(client, product)
    assert (group["name"], group["description"]) == (product.name, "<!-- </script><b>")


@pytest.mark.covers("CAT-03")
def test_a_change_of_price_is_told_at_once(client: FlaskClient) -> None:
    product = a_product(price=149900)
    assert group_of(client, product)["hasVariant"][0]["offers"]["price"] == "1499.00"
    product.variants[0].price = Money(99900)
    list_again(product)
    assert group_of(client, product)["hasVariant"][0]["offers"]["price"] == "999.00"
