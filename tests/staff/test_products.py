"""The owner's shelf."""

from datetime import UTC, datetime

import pytest

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.merchandising.products.fields import version_of
from shop.stock.models import StockLevel
from tests.factories import a_product, a_variant
from tests.staff.desk import HTMX, as_role, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements


def typed(product: Product, **changes: str) -> dict[str, str]:
    """The product page's form as it is drawn, with changes."""
    drawn = {
        "name": product.name, "slug": product.slug, "description": product.description, "brand": str(product.brand_id),
        "category": str(product.category_id), "occasion": "0", "specifications": "Fit: Regular",
        "product_type": str(product.product_type_id), "tax_class": "apparel", "country_of_origin": "India",
        "net_quantity": "1 N",
        "mrp": str(product.mrp.minor // 100), "hsn": product.hsn, "published": "y", "version": version_of(product),
    }  # fmt: skip
    return drawn | changes


def test_the_list_shows_price_and_stock(owner: ShopClient) -> None:
    a_product("Harbour tee", price=99900, sizes=("S", "M"), units=3)
    page = words(owner.get("/staff/products"))
    assert "Harbour tee Kora T-Shirts ₹999 6 2 of 2 low On the shelf" in page


@pytest.mark.parametrize("text", ["harb", "kora", "T-"])
def test_products_are_found_by_name_brand_and_sku(owner: ShopClient, text: str) -> None:
    a_product("Harbour tee")
    assert "Harbour tee" in words(owner.get("/staff/products", query_string={"q": text}))
    assert "No product fits" in words(owner.get("/staff/products", query_string={"q": f"{text}%"}))


@pytest.mark.parametrize(("view", "name"), [("hidden", "Hidden tee"), ("out", "Gone tee"), ("low", "Gone tee")])
def test_a_view_shows_only_its_products(owner: ShopClient, view: str, name: str) -> None:
    a_product("Plain tee", units=50)
    a_product("Hidden tee", published=False, units=50)
    a_product("Gone tee", units=0)
    page = words(owner.get(f"/staff/products?view={view}"))
    assert name in page
    assert "Plain tee" not in page


def test_lists_and_pages_cost_the_same_for_many_products(owner: ShopClient) -> None:
    products = [a_product(sizes=("S", "M", "L"), colours=("Indigo", "Ecru")).id for _ in range(4)]
    for url in ("/staff/products", f"/staff/products/{products[0]}", f"/staff/products/{products[0]}/variants"):
        with statements() as seen:
            assert owner.get(url, headers=HTMX).status_code == 200
        assert len(seen) <= BUDGET, url


def test_a_product_is_edited(owner: ShopClient) -> None:
    product = a_product("Harbour tee")
    id, form = (
        product.id,
        typed(product, name="Harbour shirt", specifications="Fit: Loose\nCare: Cold wash", hsn="610910"),
    )
    assert owner.post(f"/staff/products/{id}", data=form).status_code == 303
    saved = db.session.get_one(Product, id, populate_existing=True)
    assert (saved.name, saved.hsn) == ("Harbour shirt", "610910")
    assert saved.specifications == {"Fit": "Loose", "Care": "Cold wash"}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", " ", "Enter a name"),
        ("mrp", "-5", "Enter an amount"),
        ("mrp", "", "Enter the MRP"),
        ("mrp", "१४९९", "Enter an amount"),
        ("mrp", "1", "MRP cannot be below"),
        ("hsn", "12345", "4, 6 or 8 digits"),
        ("brand", "987654", "Not a valid choice"),
        ("category", "x", "Not a valid choice"),
        ("specifications", "Only words", "Name: value"),
    ],
)
def test_bad_input_changes_nothing_and_loses_nothing(owner: ShopClient, field: str, value: str, says: str) -> None:
    product = a_product("Harbour tee")
    id, form = product.id, typed(product, description="Newly typed", **{field: value})
    answer = owner.post(f"/staff/products/{id}", data=form)
    assert answer.status_code == 422
    assert says in words(answer)
    assert "Newly typed" in answer.text
    assert db.session.get_one(Product, id, populate_existing=True).description == ""


def test_a_product_saved_by_somebody_else_meanwhile_is_not_overwritten_unseen(owner: ShopClient) -> None:
    product = a_product("Harbour tee")
    id, form = product.id, typed(product, version="0" * 16, name="Mine")
    answer = owner.post(f"/staff/products/{id}", data=form)
    assert answer.status_code == 422
    assert "It changed meanwhile" in words(answer)
    assert 'value="Mine"' in answer.text
    assert db.session.get_one(Product, id, populate_existing=True).name == "Harbour tee"


@pytest.mark.covers("CAT-03")
@pytest.mark.parametrize(
    ("slug", "says"), [("Harbour Tee", "small letters"), ("taken-tee", "Another product has"), ("x" * 121, "120")]
)
def test_an_address_nobody_can_have_is_refused(owner: ShopClient, slug: str, says: str) -> None:
    a_product("Taken tee").slug = "taken-tee"
    product = a_product("Harbour tee")
    id, old = product.id, product.slug
    answer = owner.post(f"/staff/products/{id}", data=typed(product, slug=slug, name="Newly typed"))
    assert answer.status_code in {409, 422}
    assert says in words(answer)
    assert f'value="{slug}"' in answer.text
    assert db.session.get_one(Product, id, populate_existing=True).slug == old


@pytest.mark.covers("CAT-03")
def test_a_product_moves_to_another_address_and_says_what_follows(owner: ShopClient) -> None:
    product = a_product("Harbour tee")
    id, old = product.id, product.slug
    assert "the old one leads there" in words(owner.get(f"/staff/products/{id}"))
    owner.post(f"/staff/products/{id}", data=typed(product, slug="quay-tee"))
    assert owner.get(f"/p/{old}").location == "/p/quay-tee"


@pytest.mark.covers("CAT-03")
def test_a_product_is_scheduled_by_the_shops_clock(owner: ShopClient) -> None:
    product = a_product("Festive kurta", published=False)
    id = product.id
    a_product("Hidden tee", published=False)
    form = typed(product, publish_at="2191-10-20T09:30")
    del form["published"]
    assert owner.post(f"/staff/products/{id}", data=form).status_code == 303
    saved = db.session.get_one(Product, id, populate_existing=True)
    assert saved.publish_at == datetime(2191, 10, 20, 4, 0, tzinfo=UTC)
    page = owner.get(f"/staff/products/{id}")
    assert 'value="2191-10-20T09:30"' in page.text
    assert "Scheduled 20 Oct 2191, 9:30 am" in words(page)
    listed = words(owner.get("/staff/products?view=scheduled"))
    assert "Festive kurta" in listed
    assert "Hidden tee" not in listed
    assert "Festive kurta" not in words(owner.get("/staff/products?view=hidden"))


@pytest.mark.covers("CAT-03")
@pytest.mark.parametrize(
    ("at", "says"),
    [("2020-01-01T09:30", "still to come"), ("soon", "a day and a time"), ("9999-12-31T23:59", "2000 to 2199")],
)
def test_a_moment_nobody_can_wait_for_is_refused(owner: ShopClient, at: str, says: str) -> None:
    product = a_product("Festive kurta", published=False)
    form = typed(product, publish_at=at)
    del form["published"]
    answer = owner.post(f"/staff/products/{product.id}", data=form)
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{at}"' in answer.text


@pytest.mark.covers("CAT-03")
def test_a_product_that_could_not_come_on_the_shelf_says_why(owner: ShopClient) -> None:
    product = a_product("Festive kurta", published=False, publish_at=now())
    product.pictures[0].alt = ""
    page = words(owner.get(f"/staff/products/{product.id}"))
    assert "does as soon as it is ready" in page


def test_a_price_is_edited_in_its_cell(owner: ShopClient) -> None:
    id = a_variant(price=149900).id
    answer = owner.post(f"/staff/variants/{id}/price", data={"price": "1,299.50", "seen": "149900"}, headers=HTMX)
    assert answer.status_code == 200
    assert "₹1,299.50" in words(answer)
    assert db.session.get_one(Variant, id, populate_existing=True).price == Money(129950)


def test_without_script_the_same_form_comes_back_to_the_product(owner: ShopClient) -> None:
    variant = a_variant(units=3)
    id, product_id = variant.id, variant.product_id
    answer = owner.post(f"/staff/variants/{id}/stock", data={"on_hand": "7", "seen": "3"})
    assert answer.headers["Location"] == f"/staff/products/{product_id}#variants"
    assert db.session.get_one(StockLevel, id, populate_existing=True).on_hand == 7


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(
    ("cell", "name", "value", "says"),
    [
        ("price", "price", "abc", "Enter an amount"),
        ("price", "price", "0", "more than 0"),
        ("price", "price", "", "Enter a price"),
        ("price", "price", "99999999", "above the MRP"),
        ("sale-price", "sale_price", "1499", "below the price"),
        ("stock", "on_hand", "-1", "whole number"),
        ("stock", "on_hand", "1e9", "whole number"),
        ("stock", "on_hand", "", "how many"),
    ],
)
def test_a_refused_cell_says_why_and_keeps_what_was_typed(
    owner: ShopClient, headers: dict[str, str], cell: str, name: str, value: str, says: str
) -> None:
    id = a_variant(price=149900, units=3).id
    answer = owner.post(f"/staff/variants/{id}/{cell}", data={name: value}, headers=headers)
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{value}"' in answer.text
    assert db.session.get_one(Variant, id, populate_existing=True).price == Money(149900)


def test_stock_that_sold_meanwhile_is_shown_before_it_is_replaced(owner: ShopClient) -> None:
    id = a_variant(units=3).id
    answer = owner.post(f"/staff/variants/{id}/stock", data={"on_hand": "9", "seen": "5"}, headers=HTMX)
    assert answer.status_code == 422
    assert "3 in stock now" in words(answer)
    assert 'name="seen" value="3"' in answer.text


@pytest.mark.parametrize("cell", ["price", "sale-price", "stock"])
def test_a_cell_has_a_page_of_its_own(owner: ShopClient, cell: str) -> None:
    id = a_variant().id
    assert owner.get(f"/staff/variants/{id}/{cell}").status_code == 200
    assert owner.get(f"/staff/variants/987654/{cell}").status_code == 404
    assert owner.post(f"/staff/variants/987654/{cell}", data={"price": "1", "on_hand": "1"}).status_code == 404


def test_support_reads_the_shelf_but_changes_nothing(client: ShopClient) -> None:
    variant = a_variant()
    id, product_id = variant.id, variant.product_id
    support = as_role(client, "support")
    page = support.get(f"/staff/products/{product_id}")
    assert page.status_code == 200
    assert "data-edit" not in page.text
    assert support.post(f"/staff/variants/{id}/price", data={"price": "1"}).status_code == 403
    assert support.post(f"/staff/products/{product_id}", data={}).status_code == 403
