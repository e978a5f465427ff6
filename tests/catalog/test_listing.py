"""What the listing tables hold follows products and stock."""

import pytest
from sqlalchemy import func, select, text

from shop.catalog import listing
from shop.catalog.models import ListingOffer, ListingRow
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from tests.factories import a_product, list_again
from tests.support.statements import statements


def the_row(product):
    db.session.flush()
    return db.session.get(ListingRow, product.id, populate_existing=True)


def words_of(product):
    key = "product_id" if db.engine.dialect.name == "postgresql" else "rowid"
    return db.session.scalar(text(f"SELECT count(*) FROM product_search WHERE {key} = :id"), {"id": product.id})


@pytest.mark.covers("CAT-06")
def test_a_card_shows_the_cheapest_price_and_what_it_was(app):
    product = a_product(price=200000, sale_price=150000, colours=("Indigo", "Madder"), sizes=("S", "M"))
    row = the_row(product)
    assert (row.price, row.was, row.discount_percent) == (Money(150000), Money(200000), 25)
    assert [colour["slug"] for colour in row.colours] == ["indigo", "madder"]
    assert [picture["colour"] for picture in row.pictures] == ["indigo", "madder"]


def test_a_product_that_leaves_the_shelf_leaves_listing_and_search(app):
    product = a_product()
    assert words_of(product) == 1
    product.deleted_at = now()
    list_again(product)
    assert the_row(product) is None
    assert words_of(product) == 0
    assert db.session.scalar(select(func.count(ListingOffer.variant_id))) == 0


def test_a_retired_variant_is_no_offer(app):
    product = a_product(sizes=("S", "M"))
    product.variants[0].retired_at = now()
    list_again(product)
    assert db.session.scalars(select(ListingOffer.variant_id)).all() == [product.variants[1].id]


def test_writing_again_keeps_what_was_sold(app):
    product = a_product()
    the_row(product).units_sold = 7
    product.name = "Renamed"
    list_again(product)
    assert (the_row(product).name, the_row(product).units_sold) == ("Renamed", 7)


@pytest.mark.covers("CAT-06")
def test_a_product_is_sold_out_when_its_last_variant_is(app):
    product = a_product(sizes=("S", "M"))
    first, second = product.variants
    listing.set_in_stock(first.id, False)
    assert the_row(product).in_stock
    listing.set_in_stock(second.id, False)
    assert not the_row(product).in_stock
    listing.set_in_stock(first.id, True)
    assert the_row(product).in_stock


def test_many_products_are_written_in_few_statements(app):
    ids = [a_product(colours=("Indigo", "Ecru"), sizes=("S", "M")).id for _ in range(30)]
    db.session.expire_all()
    with statements() as seen:
        listing.rebuild(ids, {})
    assert len(seen) < 25
