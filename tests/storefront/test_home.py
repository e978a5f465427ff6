"""The home page from the owner's blocks."""

import re

import pytest

from shop.catalog.models import ListingRow
from shop.content.models import Block
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import a_product, list_again
from tests.support.statements import BUDGET, statements


def a_block(kind, title="", position=1, published=True, **content):
    block = Block(kind=kind, title=title, position=position, content=content, published_at=now() if published else None)
    db.session.add(block)
    db.session.flush()
    return block


def cards(answer):
    return re.findall(r'class="card__link" href="[^"]*"[^>]*>([^<]+)<', answer.text)


def test_a_shop_without_blocks_is_friendly(client, app):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "The shelves are being filled" in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.covers("CMS-01")
def test_blocks_are_shown_in_order_and_unpublished_ones_are_not(client, app):
    picture = {"wide": "garments/editorial/hero-wide", "wide_widths": [640, 960],
               "tall": "garments/editorial/hero-tall", "tall_widths": [480, 640], "alt": "Folded"}  # fmt: skip
    a_block("hero", "Colour from a pot", 1, buttons=[{"label": "Shop", "url": "/c/men"}], picture=picture)
    a_block(
        "band",
        "The band",
        2,
        text="Words",
        picture={"stem": "garments/editorial/fabric", "widths": [480, 960], "alt": ""},
    )
    a_block("services", "", 3, items=[{"icon": "truck", "title": "Free", "text": "Over a sum"}])
    a_block("band", "Not yet", 4, published=False, text="Words")
    text = client.get("/").text
    assert text.index("Colour from a pot") < text.index("The band") < text.index("Over a sum")
    assert "Not yet" not in text
    assert text.count("<h1") == 1


def test_a_block_of_a_kind_nobody_knows_is_left_out(client, app):
    a_block("carousel", "Spinning")
    assert client.get("/").status_code == 200


@pytest.mark.covers("CAT-07")
def test_rails_show_what_is_new_chosen_reduced_and_of_a_category(client, app):
    chosen, reduced = a_product("Chosen"), a_product("Reduced", price=200000, sale_price=100000)
    a_product("Hat", category="hats")
    chosen.featured_at = now()
    list_again(chosen)
    for position, source in enumerate(("featured", "sale")):
        a_block("rail", source, position, source=source)
    a_block("rail", "Hats", 5, source="category", category="hats")
    a_block("rail", "Gone", 6, source="category", category="gone")
    a_block("rail", "New", 7, source="new", limit=1)
    answer = client.get("/")
    assert cards(answer) == ["Chosen", reduced.name, "Hat", "Hat"]
    assert "Gone" not in answer.text


@pytest.mark.covers("CAT-07")
def test_a_rail_of_what_sells_best_shows_only_what_was_sold(client, app):
    for name, units in (("Some", 2), ("Most", 9), ("None", 0)):
        db.session.get_one(ListingRow, a_product(name).id).units_sold = units
    a_block("rail", "Best sellers", source="popular")
    assert cards(client.get("/")) == ["Most", "Some"]


def test_sold_out_products_are_not_on_a_rail(client, app):
    a_product("Gone tee", units=0)
    a_block("rail", "New", source="new")
    assert cards(client.get("/")) == []


def test_home_needs_few_statements_however_many_rails(client, app):
    for _ in range(12):
        a_product()
    for position in range(6):
        a_block("rail", f"Rail {position}", position, source="new")
    client.get("/")
    with statements() as seen:
        client.get("/")
    assert len(seen) <= BUDGET, seen
