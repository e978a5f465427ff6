"""What the owner chose to go with a product."""

import pytest

from shop.catalog.models import ProductRelation
from shop.catalog.rails import goes_well_with
from shop.extensions import db
from shop.lib.clock import now
from tests.factories import a_product, list_again


@pytest.mark.covers("CAT-07")
def test_it_is_shown_in_the_owners_order_and_only_what_stands_on_listings(app):
    shirt = a_product("Shirt")
    assert goes_well_with(shirt.id) == []
    belt, hat = a_product("Belt"), a_product("Hat")
    hidden, deleted = a_product("Hidden", published=False), a_product("Deleted")
    deleted.deleted_at = now()
    list_again(deleted)
    for position, one in enumerate((hat, hidden, belt, deleted)):
        db.session.add(ProductRelation(product_id=shirt.id, related_id=one.id, position=position))
    db.session.flush()
    assert [card.name for card in goes_well_with(shirt.id)] == ["Hat", "Belt"]
    assert goes_well_with(belt.id) == []
