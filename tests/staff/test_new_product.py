"""The page that makes a product."""

import pytest

from shop.accounts.permissions import Permission
from shop.accounts.services import roles
from shop.catalog.models import Category, Product
from shop.extensions import db
from shop.merchandising.products.fields import version_of
from shop.operations.audit import audit
from shop.stock.models import StockLevel
from tests.accounts.test_roles import a_role
from tests.factories import a_product, a_user, sign_in
from tests.staff.desk import flashed, words
from tests.support.shops import ShopClient
from tests.support.statements import statements

pytestmark = pytest.mark.covers("CAT-03", "CAT-04")
URL = "/staff/products/new"


def typed(**changes: object) -> dict[str, object]:
    """The form as somebody fills it in, beside a product whose brand, colours and sizes there are."""
    known = a_product("Known tee", colours=("Indigo", "Ecru"), sizes=("S", "M"), category="shirts")
    colours, sizes = ({str(getattr(v, name)) for v in known.variants} for name in ("colour_id", "size_id"))
    filled = {
        "name": "Harbour tee", "brand": str(known.brand_id), "category": str(known.category_id), "occasion": "0",
        "product_type": str(known.product_type_id), "mrp": "1,499", "hsn": "6109", "tax_class": "apparel",
        "country_of_origin": "India", "net_quantity": "1 N", "specifications": "Fit: Regular", "price": "1,299.50",
        "colours": sorted(colours), "sizes": sorted(sizes), "units": "4", "weight": "220",
    }  # fmt: skip
    return filled | changes


def the_product(name: str = "Harbour tee") -> Product | None:
    db.session.rollback()
    return db.session.query(Product).filter_by(name=name).one_or_none()


def test_a_product_is_made_hidden_in_each_colour_and_size(owner: ShopClient) -> None:
    answer = owner.post(URL, data=typed())
    assert answer.status_code == 303
    assert "Add a picture" in flashed(owner)
    made = the_product()
    assert made is not None
    assert (made.slug, made.is_on_shelf, made.specifications) == ("harbour-tee", False, {"Fit": "Regular"})
    assert sorted(variant.sku for variant in made.variants) == [
        f"HARBOUR-TEE-{colour}-{size}" for colour in ("ECRU", "INDIGO") for size in ("M", "S")]  # fmt: skip
    assert {variant.weight_grams for variant in made.variants} == {220}
    assert {db.session.get_one(StockLevel, variant.id).on_hand for variant in made.variants} == {4}
    assert audit() == []
    assert "Harbour tee" in words(owner.get(answer.headers["Location"]))


def test_without_a_tick_it_comes_in_one_colour_and_one_size(owner: ShopClient) -> None:
    owner.post(URL, data=typed(colours=[], sizes=[]))
    made = the_product()
    assert made is not None
    assert [(v.colour.name, v.size.label) for v in made.variants] == [("One colour", "One size")]


def test_sixty_variants_are_checked_and_listed_in_as_many_statements_as_four(owner: ShopClient) -> None:
    few = typed()
    letters, hues = ("XS", "S", "M", "L", "XL", "XXL"), [f"Hue {number}" for number in range(10)]
    many = a_product("Wide tee", colours=hues, sizes=letters)
    ids = {name: sorted({str(getattr(v, name)) for v in many.variants}) for name in ("colour_id", "size_id")}
    wide = few | {"name": "Pier tee", "colours": ids["colour_id"], "sizes": ids["size_id"]}
    counts = []
    for form in (few, wide):
        with statements() as seen:
            assert owner.post(URL, data=form).status_code == 303
        # SQLite takes new rows one by one.
        counts.append(len([one for one in seen if not one.startswith("INSERT")]))
    assert counts[1] <= counts[0]
    assert len(the_product("Pier tee").variants) == 60  # type: ignore[union-attr]


def test_a_category_is_made_along(owner: ShopClient) -> None:
    assert owner.post(URL, data=typed(category="0", new_category="Women > Kurtas")).status_code == 303
    made = the_product()
    assert made is not None
    assert db.session.get_one(Category, made.category_id).path == "women/women-kurtas"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", " ", "Enter a name"), ("brand", "0", "Choose a brand"), ("product_type", "0", "Choose a type"),
        ("category", "0", "Choose a category"), ("hsn", "61", "4, 6 or 8 digits"), ("mrp", "", "Enter the MRP"),
        ("mrp", "1,000", "above the MRP"), ("price", "", "Enter a price"), ("price", "0", "more than 0"),
        ("country_of_origin", "", "where it was made"), ("net_quantity", "", "in the package"),
        ("slug", "Not a slug", "small letters"), ("units", "-1", "whole number"), ("weight", "100000", "at most"),
        ("colours", ["987654"], "not a valid"), ("sizes", ["x"], "not a valid"), ("tax_class", "gold", "Not a valid"),
        ("new_category", " > Shirts", "Name each category"),
    ],
)  # fmt: skip
def test_bad_input_makes_nothing_and_loses_nothing(owner: ShopClient, field: str, value: object, says: str) -> None:
    answer = owner.post(URL, data=typed(description="Newly typed", **{field: value}))
    assert answer.status_code == 422
    assert says in words(answer)
    assert "Newly typed" in answer.text
    assert the_product("Harbour tee") is None


def test_an_address_of_another_product_is_refused_at_its_field(owner: ShopClient) -> None:
    answer = owner.post(URL, data=typed(slug=a_product("Quay tee").slug))
    assert answer.status_code == 409
    assert "Another product has this address" in words(answer)


def test_what_a_role_may_not_do_by_itself_is_not_on_the_form(client: ShopClient) -> None:
    role = a_role("Shelf", frozenset({Permission.PRODUCT_READ, Permission.PRODUCT_UPDATE}))
    clerk = a_user()
    roles.give_role(clerk, role.name)
    sign_in(client, clerk)
    page = client.get(URL).text
    assert 'name="units"' not in page
    assert 'name="new_category"' not in page
    client.post(URL, data=typed(units="4", new_category="Women"))
    made = the_product()
    assert made is not None
    assert {db.session.get_one(StockLevel, variant.id).on_hand for variant in made.variants} == {0}


def test_a_product_without_a_picture_does_not_go_on_the_shelf(owner: ShopClient) -> None:
    answer = owner.post(URL, data=typed())
    made = the_product()
    assert made is not None
    form = typed(published="y", version=version_of(made), name="Harbour tee")
    refused = owner.post(answer.headers["Location"], data=form)
    assert refused.status_code == 422
    assert "Add a picture before the product goes on the shelf" in words(refused)
