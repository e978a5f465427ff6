"""Prices, stock and products as the owner edits them."""

import dataclasses

import pytest
from flask import Flask

from shop.catalog.models import ListingRow, Product, Variant
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.merchandising import services
from shop.merchandising.errors import ChangedMeanwhile, PriceRefused
from shop.merchandising.products.editing import edit_product
from shop.merchandising.products.fields import fields_of, version_of
from shop.operations.audit import audit
from shop.stock.errors import BelowReserved
from shop.stock.models import StockLevel
from tests.checkout.buying import an_order
from tests.factories import a_product, a_variant
from tests.fulfilment.walk import OWNER, act


def keys_of(variant: Variant) -> tuple[int, int]:
    return variant.id, variant.product_id


def product(product_id: int) -> Product:
    return db.session.get_one(Product, product_id, populate_existing=True)


def test_a_new_price_shows_in_the_listing_at_once(app: Flask) -> None:
    variant_id, product_id = keys_of(a_variant(price=149900))
    act(services.set_price, variant_id, Money(129900))
    row = db.session.get_one(ListingRow, product_id, populate_existing=True)
    assert (row.price, row.was) == (Money(129900), None)


def test_a_sale_price_shows_what_it_was(app: Flask) -> None:
    variant_id, product_id = keys_of(a_variant(price=200000))
    act(services.set_sale_price, variant_id, Money(150000))
    row = db.session.get_one(ListingRow, product_id, populate_existing=True)
    assert (row.price, row.was, row.discount_percent) == (Money(150000), Money(200000), 25)
    act(services.set_sale_price, variant_id, None)
    assert db.session.get_one(ListingRow, product_id, populate_existing=True).was is None


def test_nothing_is_sold_above_its_mrp(app: Flask) -> None:
    variant_id = a_variant(price=149900).id
    with pytest.raises(PriceRefused, match="above the MRP, ₹1,499"):
        act(services.set_price, variant_id, Money(150000))
    assert db.session.get_one(Variant, variant_id, populate_existing=True).price == Money(149900)


@pytest.mark.parametrize("sale_price", [149900, 160000])
def test_a_sale_price_lies_below_the_price(app: Flask, sale_price: int) -> None:
    with pytest.raises(PriceRefused, match="below the price"):
        act(services.set_sale_price, a_variant(price=149900).id, Money(sale_price))


def test_a_price_somebody_else_changed_is_not_overwritten_unseen(app: Flask) -> None:
    variant_id = a_variant(price=149900).id
    act(services.set_price, variant_id, Money(139900), Money(149900))
    with pytest.raises(ChangedMeanwhile, match="₹1,399 now"):
        act(services.set_price, variant_id, Money(129900), Money(149900))


@pytest.mark.covers("INV-02")
def test_counted_stock_is_written_with_a_ledger_row(app: Flask) -> None:
    variant_id = a_variant(units=3).id
    act(services.set_stock, variant_id, 8, OWNER, 3)
    assert db.session.get_one(StockLevel, variant_id, populate_existing=True).on_hand == 8
    assert audit() == []


def test_stock_that_sold_since_is_not_overwritten_unseen(app: Flask) -> None:
    variant_id = a_variant(units=3).id
    act(services.set_stock, variant_id, 2, OWNER, 3)
    with pytest.raises(ChangedMeanwhile, match="2 in stock now"):
        act(services.set_stock, variant_id, 9, OWNER, 3)


@pytest.mark.covers("INV-01")
def test_stock_cannot_be_set_below_what_orders_hold(app: Flask) -> None:
    variant_id = (variant := a_variant(units=3)).id
    an_order(variant, quantity=2)
    with pytest.raises(BelowReserved):
        act(services.set_stock, variant_id, 1, OWNER, 3)


def test_a_sold_out_size_comes_back_into_the_listing(app: Flask) -> None:
    variant_id, product_id = keys_of(a_variant(units=0))
    act(services.set_stock, variant_id, 1, OWNER, 0)
    assert db.session.get_one(ListingRow, product_id, populate_existing=True).in_stock


def test_a_hidden_product_leaves_the_listing_and_comes_back(app: Flask) -> None:
    product_id = a_product("Harbour tee").id
    fields, seen = fields_of(product(product_id)), version_of(product(product_id))
    act(edit_product, product_id, dataclasses.replace(fields, is_published=False), seen)
    assert db.session.get(ListingRow, product_id, populate_existing=True) is None
    act(edit_product, product_id, fields, version_of(product(product_id)))
    assert db.session.get(ListingRow, product_id, populate_existing=True) is not None


def test_a_product_somebody_else_saved_is_not_overwritten_unseen(app: Flask) -> None:
    product_id = a_product("Harbour tee").id
    fields, seen = fields_of(product(product_id)), version_of(product(product_id))
    act(edit_product, product_id, dataclasses.replace(fields, name="Harbour shirt"), seen)
    with pytest.raises(ChangedMeanwhile):
        act(edit_product, product_id, dataclasses.replace(fields, hsn="6105"), seen)
    assert product(product_id).name == "Harbour shirt"


def test_the_mrp_stays_at_or_above_every_price(app: Flask) -> None:
    product_id = a_product(price=149900).id
    lower = dataclasses.replace(fields_of(product(product_id)), mrp=Money(140000))
    with pytest.raises(PriceRefused):
        act(edit_product, product_id, lower, version_of(product(product_id)))


def test_a_variant_that_does_not_exist_cannot_be_priced(app: Flask) -> None:
    with pytest.raises(NotFound):
        act(services.set_price, 987654, Money(100))
