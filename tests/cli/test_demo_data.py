"""The data of the demo shop: complete, consistent, and true to the pictures and the postal directory."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from shop.store.postal_pack import read_pack

ROOT = Path(__file__).parents[2]
DATA = ROOT / "shop/cli/demo/data"
Style = dict[str, Any]


@cache
def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@cache
def styles() -> list[Style]:
    return [style for name in ("men", "women", "kids") for style in read(f"styles/{name}")]


@cache
def garments() -> dict[str, Any]:
    index = json.loads((ROOT / "static/garments/index.json").read_text(encoding="utf-8"))
    return {variation["slug"]: variation for variation in index["variations"]}


def slugs(name: str) -> set[str]:
    return {row["slug"] for row in read(name)}


def doubled(values: Any) -> list[Any]:
    return [value for value, times in Counter(values).items() if times > 1]


def test_there_are_about_120_styles_of_twelve_brands_and_ten_types() -> None:
    assert len(styles()) == 120
    assert len(read("brands")) == 12
    assert len({style["type"] for style in styles()}) == 10


@pytest.mark.parametrize("field", ["code", "slug", "name"])
def test_no_two_styles_share_a_name(field: str) -> None:
    assert doubled(style[field] for style in styles()) == []


@pytest.mark.parametrize(
    ("field", "table"),
    [("brand", "brands"), ("category", "categories"), ("occasion", "occasions"), ("type", "product_types")],
)
def test_styles_use_known_names_and_every_name_is_used(field: str, table: str) -> None:
    parents = {row.get("parent") for row in read(table)}
    assert {style[field] for style in styles()} == slugs(table) - parents


def test_every_style_is_pictured_in_each_of_its_colours() -> None:
    for style in styles():
        variation = garments()[style["variation"]]
        assert variation["type"] == style["type"]
        assert 2 <= len(style["colours"]) <= 5
        assert set(style["colours"]) <= set(variation["colours"]), style["slug"]


def test_no_two_cards_show_the_same_picture() -> None:
    assert doubled((style["variation"], style["colours"][0]) for style in styles()) == []
    shelf = [(style["category"], style["variation"], colour) for style in styles() for colour in style["colours"]]
    assert doubled(shelf) == []


def test_sale_is_below_price_and_price_within_mrp() -> None:
    for style in styles():
        sale = style["sale_price"]
        assert 0 < style["price"] <= style["mrp"]
        assert sale is None or 0 < sale < style["price"]


def test_about_a_third_of_the_styles_is_on_sale() -> None:
    assert 0.28 < sum(style["sale_price"] is not None for style in styles()) / len(styles()) < 0.4


def test_sizes_of_a_style_are_of_one_system_and_in_order() -> None:
    sizes = {size["slug"]: size for size in read("sizes")}
    for style in styles():
        run = [sizes[slug] for slug in style["sizes"]]
        assert len(run) >= 4
        assert len({size["system"] for size in run}) == 1
        assert [size["position"] for size in run] == sorted({size["position"] for size in run})


def test_every_size_sold_stands_in_the_size_table_of_its_type() -> None:
    labels = {size["slug"]: size["label"] for size in read("sizes")}
    tables = {kind["slug"]: kind["size_table"] for kind in read("product_types")}
    for style in styles():
        wearer = style["category"].partition("-")[0].capitalize()
        listed = {row[0] for row in tables[style["type"]]["rows"] if row[1] == wearer}
        assert {labels[slug] for slug in style["sizes"]} <= listed, style["slug"]


def test_size_tables_are_full_and_grow_with_the_size() -> None:
    for kind in read("product_types"):
        table = kind["size_table"]
        assert all(len(row) == len(table["columns"]) for row in table["rows"])
        for small, large in zip(table["rows"], table["rows"][1:], strict=False):
            assert small[1] != large[1] or small[0] in ("38", "XXL") or small[2] < large[2], (kind["slug"], large)


def test_every_style_carries_the_legal_facts_of_a_packaged_product() -> None:
    for style in styles():
        chapter = "61" if style["type"] in ("t-shirt", "polo", "hoodie", "sweater") else "62"
        assert re.fullmatch(rf"{chapter}\d{{4}}", style["hsn"]), style["slug"]
        assert re.search(r"\b\d{6}$", style["maker"])
        assert style["country_of_origin"]
        assert style["net_quantity"] == "1 N"
        assert style["weight_grams"] > 0


def test_every_style_is_described_in_two_paragraphs_and_specified() -> None:
    for style in styles():
        assert len(style["description"].split("\n\n")) == 2
        assert {"Fit", "Fabric", "Composition", "Pattern", "Care"} <= style["specifications"].keys()


def test_each_stock_rule_is_used() -> None:
    assert {style["stock"] for style in styles()} == read("stock_rules").keys()


def test_categories_form_a_tree() -> None:
    by_slug = {row["slug"]: row for row in read("categories")}
    assert len(by_slug) == len(read("categories"))
    for row in by_slug.values():
        above = by_slug[row["parent"]]["path"] + "/" if row["parent"] else ""
        assert row["path"] == above + row["slug"]


def test_forty_customers_can_be_reached_and_delivered_to() -> None:
    states = {row.code: row.state for row in read_pack()}
    customers = read("customers")
    assert len(customers) == 40
    assert doubled(customer["email"] for customer in customers) == []
    assert doubled(customer["phone"] for customer in customers) == []
    for customer in customers:
        assert re.search(r"@(example\.(com|net|org)|truestyle\.example)$", customer["email"])
        assert phonenumbers.is_valid_number(phonenumbers.parse(customer["phone"]))
        assert all(states[address["postal_code"]] == address["state"] for address in customer["addresses"])


def test_home_and_pages_lead_only_to_what_is_there() -> None:
    text = json.dumps(read("home")) + "".join(path.read_text() for path in (DATA / "pages").glob("*.md"))
    targets = set(re.findall(r'(?<=["(])/(c|pages)/([a-z0-9-]+)', text))
    assert targets <= {("c", slug) for slug in slugs("categories")} | {("pages", slug) for slug in slugs("pages")}


def test_home_shows_pictures_that_are_baked() -> None:
    tiles = [tile["picture"] for block in read("home") for tile in block["content"].get("tiles", [])]
    for _, variation, colour in (picture.split("/") for picture in tiles):
        assert colour in garments()[variation]["colours"]


def test_every_page_has_its_text() -> None:
    assert {path.stem for path in (DATA / "pages").glob("*.md")} == slugs("pages")
