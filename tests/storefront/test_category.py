"""Listings over HTTP: addresses, filters, chips, more, and the fragments htmx asks for."""

import re

import pytest

from shop.catalog.models import Attribute, Category
from shop.extensions import db
from tests.factories import a_product
from tests.support.statements import BUDGET, statements

HTMX = {"HX-Request": "true"}


@pytest.fixture
def shelf(app):
    """Three shirts below Men."""
    men = Category(slug="men", path="men", name="Men", description="For men.")
    db.session.add(men)
    db.session.flush()
    db.session.add(Category(slug="men-shirts", path="men/men-shirts", name="Shirts", parent_id=men.id))
    db.session.flush()
    a_product("Oxford", category="men-shirts", colours=("Indigo", "Ecru"), sizes=("S", "M"), price=149900)
    a_product("Linen", category="men-shirts", colours=("Madder",), sizes=("M",), price=199900, brand="Rangrekha")
    a_product("Flannel", category="men", colours=("Olive",), sizes=("L",), price=99900, units=0)


def cards(answer):
    return re.findall(r'class="card__link" href="[^"]*"[^>]*>([^<]+)<', answer.text)


@pytest.mark.covers("CAT-06", "CAT-02")
def test_a_category_shows_its_products_and_those_below(client, shelf):
    answer = client.get("/c/men")
    assert answer.status_code == 200
    assert sorted(cards(answer)) == ["Flannel", "Linen", "Oxford"]
    assert "3 products" in answer.text
    assert 'href="/c/men-shirts"' in answer.text


def test_a_path_moves_to_the_one_address(client, shelf):
    answer = client.get("/c/men/men-shirts")
    assert (answer.status_code, answer.location) == (301, "/c/men-shirts")
    assert client.get("/c/women/men-shirts").status_code == 404


def test_an_unknown_category_is_404(client, shelf):
    assert client.get("/c/nothing").status_code == 404
    assert client.get("/_f/listing?category=nothing", headers=HTMX).status_code == 404


@pytest.mark.covers("CAT-06")
def test_filters_come_with_commas(client, shelf):
    answer = client.get("/c/men-shirts?colour=indigo,madder&size=m&price=1000-1600")
    assert cards(answer) == ["Oxford"]
    assert "Remove filter Colour: </span>Indigo" in answer.text
    assert 'content="noindex,follow"' in answer.text


@pytest.mark.covers("CAT-06")
def test_a_forms_address_moves_to_its_canonical_shape(client, shelf):
    answer = client.get("/c/men-shirts?colour=madder&colour=indigo&price_min=&price_max=1600&sort=recommended")
    assert (answer.status_code, answer.location) == (301, "/c/men-shirts?colour=indigo,madder&price=-1600")


@pytest.mark.covers("CAT-06")
@pytest.mark.parametrize("query", ["size=s,m", "size=S,m", "size=m,m,s", "size=m,,s"])
def test_values_in_another_order_move_to_the_canonical_one(client, shelf, query):
    answer = client.get(f"/c/men-shirts?{query}")
    assert (answer.status_code, answer.location) == (301, "/c/men-shirts?size=m,s")
    assert client.get(answer.location).status_code == 200
    assert client.get(f"/_f/listing?category=men-shirts&{query}", headers=HTMX).status_code == 200


@pytest.mark.covers("CAT-06")
def test_every_attribute_has_a_group_of_its_own(client, app):
    db.session.add_all([Attribute(slug="fit", name="Fit"), Attribute(slug="sleeve", name="Sleeve")])
    db.session.flush()
    a_product("Slim", category="tees", specifications={"Fit": "Slim", "Sleeve": "Long"})
    a_product("Loose", category="tees", specifications={"Fit": "Loose", "Sleeve": "Long"})
    page = client.get("/c/tees?attributes=fit:slim")
    assert cards(page) == ["Slim"]
    assert "Remove filter Details: </span>Fit: Slim" in page.text
    assert re.search(r'name="attributes" value="fit:slim" checked>', page.text)
    assert 'value="sleeve:long"' not in page.text, "one value is no choice"
    fragment = client.get("/_f/listing?category=tees&attributes=fit:slim&attributes=fit:loose", headers=HTMX)
    assert fragment.headers["HX-Push-Url"] == "/c/tees?attributes=fit:loose,fit:slim"
    assert 'id="n-attributes-fit:loose"' in fragment.text


@pytest.mark.covers("CAT-06")
def test_no_match_says_what_taking_away_a_detail_or_discount_brings_back(client, app):
    a_product("Full", category="tees")
    a_product("Half", category="tees", price=100000, sale_price=50000, units=0)
    answer = client.get("/c/tees?discount=50&stock=in")
    assert "Nothing matches all of that" in answer.text
    assert re.search(r'href="/c/tees\?stock=in">Without 50% and more<.*?\(1\)', answer.text)
    assert re.search(r'href="/c/tees\?discount=50">Without In stock<.*?\(1\)', answer.text)


@pytest.mark.parametrize(
    "query",
    ["attributes=fit", "attributes=:", "discount=11", "stock=out", "type=nope", "occasion=a:b",
     "colour=nope", "size=%00", "price=abc", "price=99999999999-1", "show=-5", "show=1e9", "page=0", "page=999999999",
     "sort=nope", "brand=" + "a," * 3000, "colour=%F0%9F%91%95", "price_min=٣&price_max=x"],
)  # fmt: skip
def test_values_nobody_knows_are_left_out(client, shelf, query):
    answer = client.get(f"/c/men-shirts?{query}")
    if answer.status_code == 301:
        answer = client.get(answer.location)
    assert answer.status_code == 200
    assert len(cards(answer)) == 2


def test_one_value_may_be_indexed_under_its_own_address(client, shelf):
    answer = client.get("/c/men-shirts?sort=new&colour=indigo")
    assert "noindex" not in answer.text
    assert '<link rel="canonical" href="http://localhost/c/men-shirts?colour=indigo">' in answer.text
    assert "<title>Indigo · " in answer.text
    assert "<title>Indigo · " not in client.get("/c/men-shirts?colour=indigo&size=m").text


def test_a_value_without_products_is_shown_but_cannot_be_chosen(client, shelf):
    text = client.get("/c/men?colour=indigo").text
    assert re.search(r'value="l" disabled>', text)
    assert re.search(r'value="m">', text)


@pytest.mark.covers("CAT-06")
def test_the_chosen_colour_is_the_one_the_card_links_to(client, shelf):
    assert re.search(r'href="/p/oxford-\d+\?colour=ecru"[^>]*>Oxford<', client.get("/c/men-shirts?colour=ecru").text)


def test_no_match_says_which_filter_to_take_away(client, shelf):
    answer = client.get("/c/men-shirts?colour=madder&size=s")
    assert answer.status_code == 200
    assert "Nothing matches all of that" in answer.text
    assert re.search(r'href="/c/men-shirts\?colour=madder">Without S', answer.text)


def test_an_empty_category_shows_where_else_to_look(client, shelf):
    db.session.add(Category(slug="kids", path="kids", name="Kids"))
    answer = client.get("/c/kids")
    assert "Nothing here yet" in answer.text
    assert 'href="/c/men"' in answer.text


@pytest.mark.covers("CAT-06")
def test_a_filter_answers_with_results_and_counts_and_the_pages_address(client, shelf):
    answer = client.get("/_f/listing?category=men-shirts&colour=madder&price_min=&price_max=", headers=HTMX)
    assert cards(answer) == ["Linen"]
    assert answer.headers["HX-Push-Url"] == "/c/men-shirts?colour=madder"
    assert answer.headers["Cache-Control"] == "no-store"
    for part in ("listing-count", "facets-show", "filter-label", "chips", "n-size-s", "n-colour-indigo", "live"):
        assert re.search(rf'id="{part}"[^>]*hx-swap-oob', answer.text), part
    page = client.get("/c/men-shirts").text
    asked = set(re.findall(r'id="([^"]+)"[^>]*hx-swap-oob', answer.text))
    assert all(f'id="{part}"' in page for part in asked)


@pytest.mark.covers("CAT-06")
def test_more_is_a_link_that_works_alone_and_a_slice_for_htmx(client, app):
    for number in range(30):
        a_product(f"Tee {number}", category="tees")
    first = client.get("/c/tees")
    assert len(cards(first)) == 24
    assert 'href="/c/tees?show=48"' in first.text
    assert len(cards(client.get("/c/tees?show=48"))) == 30
    fragment = re.search(r'hx-get="(/_f/listing[^"]+)"', first.text.split('class="load-more"')[1])[1]
    slice_ = client.get(fragment.replace("&amp;", "&"), headers=HTMX)
    assert len(cards(slice_)) == 6
    assert slice_.headers["HX-Replace-Url"] == "/c/tees?show=48"
    assert "Showing 30 of 30" in slice_.text
    assert not set(cards(first)) & set(cards(slice_))


def test_a_long_list_goes_on_in_pages(client, app):
    for number in range(125):
        a_product(f"Tee {number}", category="tees")
    whole = client.get("/c/tees?show=120")
    assert len(cards(whole)) == 120
    assert "Load more" not in whole.text
    assert len(cards(client.get("/c/tees?page=2"))) == 5


@pytest.mark.covers("CAT-06")
def test_a_listing_needs_few_statements_however_long(client, app):
    for number in range(60):
        a_product(f"Tee {number}", category="tees", colours=("Indigo", "Ecru"))
    client.get("/c/tees")
    with statements() as seen:
        client.get("/c/tees?show=72&colour=indigo&size=m&brand=kora&price=1-")
    assert len(seen) <= BUDGET, seen
