"""The owner's pages of brands, occasions, product types and colours."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from shop.catalog.models import Brand, Product, ProductType
from shop.extensions import db
from shop.merchandising.lookups.nouns import BRAND, COLOUR, OCCASION, PRODUCT_TYPE, Noun
from tests.factories import a_product
from tests.lib.files.hostile import SVG
from tests.lib.files.parts import encoded, quarters
from tests.merchandising.sorted_by import a_row, again
from tests.merchandising.test_lookups import EVERY, MORE
from tests.staff.desk import as_role, flashed, words
from tests.support.shops import ShopClient

pytestmark = pytest.mark.usefixtures("media")

TABLE = {"column": ["Size", "Chest"], "cell": ["M", "104", "L", "110"], "note": "Measured flat."}


def place(noun: Noun) -> str:
    return f"/staff/{noun.plural.lower().replace(' ', '-')}"


def only(model: Any) -> Any:
    db.session.rollback()
    return db.session.query(model).filter(model.deleted_at.is_(None)).one()


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize("noun", EVERY, ids=lambda noun: noun.key)
def test_owner_adds_finds_changes_and_deletes_one(owner: ShopClient, noun: Noun) -> None:
    assert "None yet" in words(owner.get(place(noun)))
    more = MORE.get(noun, {}) | ({"garment": "lower"} if noun is PRODUCT_TYPE else {})
    made = owner.post(f"{place(noun)}/new", data={"name": " Neel  Patri "} | more)
    row = only(noun.model)
    assert (made.location, row.name, row.slug) == (f"{place(noun)}/{row.id}", "Neel Patri", "neel-patri")
    assert "Neel Patri" in words(owner.get(f"{place(noun)}?q=PATR"))
    assert "Nothing fits" in words(owner.get(f"{place(noun)}?q=loom"))
    assert 'value="Neel Patri"' in owner.get(made.location).text
    owner.post(made.location, data={"name": "Neel", "slug": "neel"} | more)
    assert "Saved." in flashed(owner)
    assert (again(row).name, again(row).slug) == ("Neel", "neel")
    assert "Nothing hangs on it" in words(owner.get(f"{made.location}/removal"))
    assert owner.post(f"{made.location}/removal").location == place(noun)
    assert owner.get(made.location).status_code == 404


@pytest.mark.covers("CAT-01")
def test_a_name_that_is_taken_is_told_at_its_field_and_nothing_typed_is_lost(owner: ShopClient) -> None:
    a_row(BRAND, "Loom")
    db.session.commit()
    answer = owner.post("/staff/brands/new", data={"name": "LOOM", "description": "Handwoven", "active": "y"})
    assert answer.status_code == 409
    assert "This name is taken." in words(answer)
    assert 'value="LOOM"' in answer.text
    assert "Handwoven" in answer.text
    assert owner.post("/staff/brands/new", data={"name": "Loom 2", "slug": "Not one"}).status_code == 422
    assert owner.post("/staff/brands/new", data={"name": " "}).status_code == 422


@pytest.mark.covers("CAT-01")
def test_a_list_counts_the_products_that_hang_on_each(owner: ShopClient) -> None:
    a_product("Tee", colours=("Indigo", "Madder"), sizes=("S", "M"))
    gone = a_product("Kurta", colours=("Indigo",))
    gone.deleted_at = gone.created_at
    db.session.commit()
    assert "Kora kora 1 Active" in words(owner.get("/staff/brands"))
    assert "Indigo indigo 1 Madder madder 1" in words(owner.get("/staff/colours"))


@pytest.mark.covers("CAT-01")
def test_a_logo_is_uploaded_replaced_and_removed(owner: ShopClient, media: Path) -> None:
    brand = a_row(BRAND, "Loom")
    db.session.commit()
    page, kept = f"/staff/brands/{brand.id}", {"name": "Loom", "active": "y"}
    for format_ in ("PNG", "JPEG"):
        owner.post(page, data=kept | {"logo": (io.BytesIO(encoded(quarters(), format_)), "logo.png")})
        assert len(list(media.rglob("*.webp"))) == 1
    assert again(brand).logo.url in owner.get(page).text
    refused = owner.post(page, data=kept | {"logo": (io.BytesIO(SVG), "logo.svg")})
    assert (refused.status_code, 'id="logo-error"' in refused.text) == (422, True)
    owner.post(page, data=kept | {"remove_logo": "y"})
    assert (again(brand).logo, list(media.rglob("*.webp"))) == (None, [])


@pytest.mark.covers("CAT-02")
def test_a_brand_in_use_is_moved_or_goes_once_its_name_is_typed(owner: ShopClient) -> None:
    product, other = a_product("Tee"), a_row(BRAND, "Rangrekha")
    db.session.commit()
    page = f"/staff/brands/{product.brand_id}/removal"
    shown = words(owner.get(page))
    assert "Products 1 Of them on the shelf 1" in shown
    refused = owner.post(page)
    assert refused.status_code == 409
    assert "in use: 1 product" in words(refused)
    other_name = owner.post(page, data={"name": "Kor"})
    assert (other_name.status_code, "to-error" in other_name.text) == (422, False)
    nowhere = owner.post(page, data={"to": 0})
    assert (nowhere.status_code, "Choose where they go." in words(nowhere)) == (422, True)
    assert again(product).deleted_at is None
    assert owner.post(page, data={"to": other.id}).status_code == 303
    assert again(product).brand_id == other.id
    assert "is deleted. Kept in the shop: 1 product." in flashed(owner)
    owner.post(f"/staff/brands/{other.id}/removal", data={"name": "rangrekha"})
    assert again(product).deleted_at is not None
    assert "Rangrekha is deleted. Deleted with it: 1 product." in flashed(owner)


@pytest.mark.covers("CAT-02")
def test_a_product_type_in_use_says_that_it_stays(owner: ShopClient) -> None:
    product = a_product()
    db.session.commit()
    page = f"/staff/product-types/{product.product_type_id}/removal"
    assert "it stays until they have another" in words(owner.get(page))
    assert owner.post(page, data={"name": "T-shirt"}).status_code == 400


@pytest.mark.covers("CAT-01")
def test_a_size_table_is_typed_and_grows_and_shrinks_without_scripts(owner: ShopClient) -> None:
    kind = a_row(PRODUCT_TYPE, "Kurta")
    db.session.commit()
    page = f"/staff/product-types/{kind.id}/size-table"
    assert 'name="cell"' in owner.get(page).text
    wider = owner.post(page, data=TABLE | {"shape": "add-column"}).text
    assert wider.count('name="column"') == 3
    assert wider.count('name="cell"') == 6
    longer = owner.post(page, data=TABLE | {"shape": "add-row"}).text
    assert longer.count('name="cell"') == 6
    shorter = owner.post(page, data=TABLE | {"shape": "remove-row 0"}).text
    assert ('value="110"' in shorter, 'value="104"' in shorter) == (True, False)
    narrower = owner.post(page, data=TABLE | {"shape": "remove-column 1"}).text
    assert narrower.count('name="cell"') == 2
    assert again(kind).size_table == {}
    assert owner.post(page, data=TABLE).status_code == 303
    kept = {"columns": ["Size", "Chest"], "rows": [["M", "104"], ["L", "110"]], "note": "Measured flat."}
    assert again(kind).size_table == kept
    refused = owner.post(page, data=TABLE | {"column": ["Size", ""]})
    assert (refused.status_code, "Name every column" in words(refused)) == (422, True)
    assert 'value="110"' in refused.text
    owner.post(page, data={"column": ["Size", "Chest"], "cell": ["", ""]})
    assert again(kind).size_table == {}


@pytest.mark.covers("CAT-01")
@pytest.mark.parametrize("shape", ["remove-row 99", "remove-row x", "remove-column -1", "fold", "add-row 7"])
def test_a_button_nobody_offers_changes_no_table(owner: ShopClient, shape: str) -> None:
    kind = a_row(PRODUCT_TYPE, "Kurta")
    db.session.commit()
    assert owner.post(f"/staff/product-types/{kind.id}/size-table", data=TABLE | {"shape": shape}).status_code == 200
    assert only(ProductType).size_table == {}


@pytest.mark.covers("CAT-01", "ACC-12")
def test_who_may_not_sees_no_catalogue(app: Flask, client: ShopClient) -> None:
    support = as_role(client, "support")
    assert "Catalogue" not in words(support.get("/staff"))
    assert support.get("/staff/brands").status_code in {403, 404}
    assert db.session.query(Brand).count() == db.session.query(Product).count() == 0


@pytest.mark.covers("CAT-01")
def test_unknown_rows_are_not_found(owner: ShopClient) -> None:
    for noun in (BRAND, OCCASION, PRODUCT_TYPE, COLOUR):
        for path in ("987654", "987654/removal"):
            assert owner.get(f"{place(noun)}/{path}").status_code == 404
            assert owner.post(f"{place(noun)}/{path}", data={"name": "X", "hex": "#112233"}).status_code in {404, 422}
