"""Variants a shopper may buy, and categories by slug."""

import pytest

from shop.catalog import queries
from shop.lib.clock import now
from shop.lib.errors import NotFound
from tests.factories import a_product, a_variant


@pytest.mark.covers("CAT-04")
def test_a_variant_on_the_shelf_is_found(app):
    variant = a_variant()
    assert queries.variant_on_shelf(variant.id).product.brand.name == "Kora"


@pytest.mark.parametrize("number", [0, -1, 999, 2**63, 10**30])
def test_ids_of_nothing_are_not_found(app, number):
    with pytest.raises(NotFound):
        queries.variant_on_shelf(number)


@pytest.mark.covers("CAT-03")
def test_hidden_deleted_and_retired_ones_are_not_for_sale(app):
    hidden, deleted, retired = a_variant(published=False), a_variant(), a_variant()
    deleted.product.deleted_at = now()
    retired.retired_at = now()
    for variant in (hidden, deleted, retired):
        with pytest.raises(NotFound):
            queries.variant_on_shelf(variant.id)


@pytest.mark.covers("CAT-02")
def test_a_category_is_found_by_its_slug(app):
    a_product(category="shirts")
    assert queries.category_at("shirts").url == "/c/shirts"
    with pytest.raises(NotFound):
        queries.category_at("nothing")
