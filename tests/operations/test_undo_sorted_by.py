"""What the owner did to brands, occasions and categories is undone from the audit log."""

import pytest
from flask import Flask

from shop.accounts.permissions import Permission
from shop.catalog.models import ListingRow
from shop.extensions import db
from shop.lib.errors import WrongFields
from shop.merchandising.categories.removal import remove_category
from shop.merchandising.categories.services import change_category, move_category
from shop.merchandising.lookups import records
from shop.merchandising.lookups.nouns import BRAND, OCCASION
from shop.merchandising.lookups.removal import remove
from shop.operations.audit import audit
from shop.operations.log.undo import undo, undo_save
from tests.factories import a_product, list_again
from tests.merchandising.sorted_by import a_category, a_product_in, a_row, again
from tests.merchandising.test_lookups import found
from tests.operations.test_undo import newest, one_request, why_not

ALL = frozenset(Permission)


@pytest.mark.covers("CAT-01", "OPS-03")
def test_a_name_is_put_back_and_the_shelf_shows_it(app: Flask) -> None:
    product = a_product("Tee", brand="Kora")
    records.change(BRAND, product.brand_id, {"name": "Mills"})
    assert found("mills") == ["Tee"]
    undo(newest("brand").id, ALL)
    assert again(product.brand).folded == "kora"
    assert (found("mills"), found("kora")) == ([], ["Tee"])


@pytest.mark.covers("CAT-02", "OPS-03")
def test_a_deleted_brand_comes_back_with_its_products(app: Flask) -> None:
    product = a_product("Tee", brand="Kora")
    with one_request():
        remove(BRAND, product.brand_id, cascade=True)
    undo_save(newest("brand").id, ALL)
    assert (again(product).deleted_at, again(product.brand).deleted_at) == (None, None)
    assert found("kora") == ["Tee"]
    assert audit() == []


@pytest.mark.covers("CAT-02", "OPS-03")
def test_a_deleted_brand_stays_away_once_another_has_its_name(app: Flask) -> None:
    gone = a_row(BRAND, "Kora")
    remove(BRAND, gone.id)
    entry = newest("brand")
    a_row(BRAND, "KORA", slug="kora-mills")
    with pytest.raises(Exception, match="took"):
        undo(entry.id, ALL)


@pytest.mark.covers("CAT-02", "OPS-03")
def test_products_get_their_occasion_again(app: Flask) -> None:
    product = a_product("Tee", occasion_id=a_row(OCCASION, "Festive").id)
    list_again(product)
    with one_request():
        remove(OCCASION, product.occasion_id or 0, cascade=True)
    undo_save(newest("occasion").id, ALL)
    assert found("festive") == ["Tee"]


@pytest.mark.covers("CAT-02", "OPS-03")
def test_a_branch_comes_back_to_its_place(app: Flask) -> None:
    men, women = a_category("Men"), a_category("Women")
    shirts = a_category("Shirts", men)
    product = a_product_in(a_category("Linen", shirts))
    with one_request():
        move_category(shirts.id, women.id)
    undo_save(newest("category").id, ALL)
    assert db.session.get_one(ListingRow, product.id, populate_existing=True).category_path.startswith("men/")
    with one_request():
        remove_category(men.id, cascade=True)
    assert found("camp") == []
    undo_save(newest("category").id, ALL)
    assert found("camp") == ["Camp shirt"]
    assert [again(one).deleted_at for one in (men, shirts, product)] == [None, None, None]
    assert audit() == []


@pytest.mark.covers("CAT-02", "OPS-03")
def test_what_stood_in_a_category_that_is_gone_does_not_come_back_alone(app: Flask) -> None:
    men = a_category("Men")
    shirts = a_category("Shirts", men)
    remove_category(shirts.id)
    entry = newest("category")
    remove_category(men.id)
    with pytest.raises(Exception, match="not there any more"):
        undo(entry.id, ALL)


@pytest.mark.covers("CAT-02", "OPS-03")
def test_what_was_added_is_not_undone_while_products_hang_on_it(app: Flask) -> None:
    men = a_category("Men")
    entry = newest("category")
    product = a_product_in(men)
    with pytest.raises(Exception, match="in use: 1 product"):
        undo(entry.id, ALL)
    db.session.rollback()
    assert product is not None


@pytest.mark.covers("CAT-02", "OPS-03")
def test_undoing_takes_the_permission_of_the_page(app: Flask) -> None:
    change_category(a_category("Men").id, {"description": "For him"})
    assert "your role would have to allow you" in why_not(newest("category"), ALL - {Permission.CATALOG_MANAGE})


@pytest.mark.covers("CAT-02", "OPS-03")
def test_a_product_does_not_come_back_without_its_brand(app: Flask) -> None:
    product = a_product("Tee", brand="Kora")
    remove(BRAND, product.brand_id, cascade=True)
    with pytest.raises(WrongFields):
        undo(newest("product").id, ALL)
    db.session.rollback()
