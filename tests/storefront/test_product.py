"""The product page."""

import re

import pytest

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.stock.models import StockLevel
from shop.store.queries import store
from tests.factories import a_product, list_again
from tests.staff.desk import words
from tests.support.statements import BUDGET, statements

HTMX = {"HX-Request": "true"}


def page_of(client, product, query=""):
    db.session.commit()
    return client.get(f"/p/{product.slug}{query}")


@pytest.mark.covers("CAT-03")
def test_a_product_shows_name_brand_price_and_legal_facts(client, app):
    product = a_product("Breton tee", price=199900, sale_price=149900, maker="Kora, Jaipur", net_quantity="1 N")
    answer, seller = page_of(client, product), store()
    for part in ("Breton tee", "Kora", "₹1,499", "25% off", "₹1,999"):
        assert part in answer.text
    assert (
        "Manufacturer, packer or importer Kora, Jaipur Country of origin India Generic name T-shirt Net quantity 1 N"
        " Maximum retail price (MRP) ₹1,999 (Inclusive of all taxes) HSN code 6109"
        f" Consumer care {', '.join((seller.legal_name, *seller.address_lines))}"
    ) in words(answer)
    assert f'<link rel="canonical" href="http://localhost/p/{product.slug}">' in answer.text


@pytest.mark.covers("CAT-03")
def test_every_picture_opens_large_by_a_link_that_says_what_it_shows(client, app):
    product = a_product("Breton tee", colours=("Indigo",))
    product.pictures[0].alt = "Breton tee in indigo, back"
    assert page_of(client, product).text.count('aria-label="Show large: Breton tee in indigo, back"') == 1
    product.pictures[0].alt = ""
    assert 'aria-label="Show picture 1 large"' in page_of(client, product).text


@pytest.mark.covers("CAT-04")
def test_sizes_say_what_is_left_and_sold_out_ones_stay(client, app):
    product = a_product(sizes=("S", "M", "L"), units=10)
    levels = {"S": 3, "M": 0}
    set_units(product, levels)
    text = page_of(client, product).text
    assert re.search(r'data-state="low">.{0,200}3 left', text, re.S)
    assert re.search(r'data-state="out">.{0,200}Sold out', text, re.S)
    assert text.count('name="variant_id"') == 3


def set_units(product, levels):
    for variant in product.variants:
        if variant.size.label in levels:
            db.session.get(StockLevel, variant.id).on_hand = levels[variant.size.label]
    list_again(product)


@pytest.mark.covers("CAT-04")
def test_a_size_that_costs_more_says_so(client, app):
    product = a_product(sizes=("M", "XXL"), price=149900)
    product.variants[1].price = Money(159900)
    list_again(product)
    assert re.search(r'XXL</span><span class="size__note">.{0,60}₹1,599', page_of(client, product).text, re.S)


@pytest.mark.covers("CAT-04")
def test_the_colour_in_the_address_is_shown(client, app):
    product = a_product(colours=("Indigo", "Madder"))
    assert "Colour: <b>Madder</b>" in page_of(client, product, "?colour=madder").text
    assert "Colour: <b>Indigo</b>" in page_of(client, product, "?colour=nope").text


def test_the_first_colour_with_something_left_is_shown(client, app):
    product = a_product(colours=("Indigo", "Madder"))
    db.session.get(StockLevel, product.variants[0].id).on_hand = 0
    assert "Colour: <b>Madder</b>" in page_of(client, product).text
    assert "Every size in Indigo is sold out. Choose another colour" in page_of(client, product, "?colour=indigo").text


@pytest.mark.covers("CAT-03")
def test_a_product_without_a_piece_left_promises_neither_another_colour_nor_a_day(client, app):
    product = a_product(colours=("Indigo", "Madder"))
    assert "Standard delivery" in page_of(client, product).text
    for variant in product.variants:
        db.session.get(StockLevel, variant.id).on_hand = 0
    list_again(product)
    text = page_of(client, product, "?colour=indigo").text
    assert "Every size in Indigo is sold out. Choose your size and we tell you when it is back." in text
    assert "Standard delivery" not in text.partition('id="delivery"')[2].partition("<details")[0]


def test_htmx_gets_the_main_part_alone_and_the_address(client, app):
    product = a_product(colours=("Indigo", "Madder"), sizes=("S", "M"))
    in_m = next(v for v in product.variants if v.colour.slug == "indigo" and v.size.slug == "m")
    db.session.commit()
    answer = client.get(f"/p/{product.slug}?colour=madder&variant_id={in_m.id}&quantity=1", headers=HTMX)
    assert answer.text.lstrip().startswith('<div class="product" id="pdp">')
    assert "<html" not in answer.text
    assert answer.headers["HX-Replace-Url"] == f"/p/{product.slug}?colour=madder"
    madder_m = next(v for v in product.variants if v.colour.slug == "madder" and v.size.slug == "m")
    assert f'value="{madder_m.id}" required checked' in answer.text


def test_a_size_the_new_colour_has_not_is_cleared_with_a_word(client, app):
    product = a_product(colours=("Indigo", "Madder"), sizes=("S", "M"))
    gone = next(v for v in product.variants if v.colour.slug == "madder" and v.size.slug == "m")
    gone.retired_at = now()
    list_again(product)
    assert "Your size is not available in Madder" in page_of(client, product, "?colour=madder&size=m").text


@pytest.mark.parametrize("change", ["unpublished", "retired"])
def test_what_left_the_shelf_is_404(client, app, change):
    product = a_product()
    if change == "unpublished":
        product.published_at = None
    else:
        product.variants[0].retired_at = now()
    assert page_of(client, product).status_code == 404


def test_an_unknown_product_is_404(client, app):
    assert client.get("/p/nothing").status_code == 404


def test_the_description_is_text_and_not_markup(client, app):
    product = a_product("<b>Tee</b>", description="<script>alert(1)</script>\n\nSecond")
    assert "<script>alert" not in page_of(client, product).text


@pytest.mark.covers("CAT-07")
def test_related_products_are_of_the_category_and_not_itself(client, app):
    product, other = a_product("This", category="tees"), a_product("Other", category="tees")
    a_product("Far", category="hats")
    cards = re.findall(r'class="card__link" href="[^"]*"[^>]*>([^<]+)<', page_of(client, product).text)
    assert cards == [other.name]


def test_a_product_page_needs_few_statements(client, app):
    for _ in range(10):
        product = a_product(colours=("Indigo", "Ecru", "Madder"), sizes=("S", "M", "L", "XL"))
    page_of(client, product)
    with statements() as seen:
        page_of(client, product)
    assert len(seen) <= BUDGET, seen
