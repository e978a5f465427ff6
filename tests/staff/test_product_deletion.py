"""A product is deleted on its page, and put back from the list of deleted ones."""

import pytest

from shop.catalog.models import ListingRow, Product
from shop.extensions import db
from shop.lib.clock import now
from shop.operations.audit import audit
from tests.checkout.buying import an_order
from tests.factories import a_product, a_variant
from tests.staff.desk import as_role, flashed, words
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("CAT-03")


def test_a_deleted_product_leaves_the_shop_and_waits_to_be_put_back(owner: ShopClient) -> None:
    product = a_product("Harbour tee")
    id, slug = product.id, product.slug
    answer = owner.post(f"/staff/products/{id}/deletion")
    assert answer.headers["Location"] == "/staff/products?view=deleted"
    assert "Harbour tee is deleted. You can put it back here." in words(owner.get(answer.headers["Location"]))
    assert owner.get(f"/p/{slug}").status_code == 410
    assert owner.get(f"/staff/products/{id}").status_code == 404
    assert "Harbour tee" not in words(owner.get("/staff/products"))
    back = owner.post(f"/staff/products/{id}/restoration")
    assert back.headers["Location"] == f"/staff/products/{id}"
    assert "Harbour tee is back." in flashed(owner)
    assert owner.get(f"/p/{slug}").status_code == 200
    assert audit() == []


def test_a_hidden_product_comes_back_hidden(owner: ShopClient) -> None:
    id = a_product("Harbour tee", published=False).id
    owner.post(f"/staff/products/{id}/deletion")
    owner.post(f"/staff/products/{id}/restoration")
    assert db.session.get_one(Product, id, populate_existing=True).deleted_at is None
    assert db.session.get(ListingRow, id) is None


def test_an_order_keeps_what_was_bought(owner: ShopClient) -> None:
    variant = a_variant(units=3)
    product_id = variant.product_id
    number = an_order(variant, quantity=2).number
    owner.post(f"/staff/products/{product_id}/deletion")
    assert number in words(owner.get(f"/staff/orders/{number}"))
    assert audit() == []


def test_a_product_does_not_come_back_to_a_brand_that_is_gone(owner: ShopClient) -> None:
    product = a_product("Harbour tee")
    id = product.id
    owner.post(f"/staff/products/{id}/deletion")
    db.session.get_one(Product, id).brand.deleted_at = now()
    assert owner.post(f"/staff/products/{id}/restoration").headers["Location"] == "/staff/products?view=deleted"
    assert "not there" in flashed(owner)
    assert db.session.get_one(Product, id, populate_existing=True).deleted_at is not None


def test_only_what_is_deleted_is_put_back_and_only_once(owner: ShopClient) -> None:
    id = a_product().id
    assert owner.post(f"/staff/products/{id}/restoration").status_code == 404
    assert owner.post(f"/staff/products/{id}/deletion").status_code == 303
    assert owner.post(f"/staff/products/{id}/deletion").status_code == 404
    assert owner.post(f"/staff/products/{id}/restoration").status_code == 303
    assert owner.post(f"/staff/products/{id}/restoration").status_code == 404


def test_support_sees_what_is_deleted_but_puts_nothing_back(client: ShopClient) -> None:
    a_product("Harbour tee", deleted_at=now())
    page = as_role(client, "support").get("/staff/products?view=deleted")
    assert "Harbour tee" in words(page)
    assert "Put back" not in page.text
