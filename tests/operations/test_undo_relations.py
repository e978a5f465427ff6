"""What goes well with a product is undone from the audit log, and stands in the product's history."""

import pytest
from flask import Flask

from shop.catalog.rails import goes_well_with
from shop.extensions import db
from shop.merchandising.products import relations
from shop.operations.log.histories import history_of
from shop.operations.log.queries import changes
from shop.operations.log.undo import undo
from tests.factories import a_product
from tests.fulfilment.walk import act

MAY = frozenset({"product:update"})


def last_change_of(product_id: int) -> int:
    history = history_of("product", product_id)
    assert history
    return db.session.scalars(changes(history.changes).limit(1)).one().id


@pytest.mark.covers("CAT-07", "OPS-03")
def test_what_was_added_moved_or_taken_away_comes_back(app: Flask) -> None:
    shirt, belt, hat = (a_product(name).id for name in ("Shirt", "Belt", "Hat"))
    for other in (belt, hat):
        act(relations.relate, shirt, other)
    act(undo, last_change_of(shirt), MAY)
    assert [card.name for card in goes_well_with(shirt)] == ["Belt"]
    act(relations.unrelate, shirt, belt)
    act(undo, last_change_of(shirt), MAY)
    assert [card.name for card in goes_well_with(shirt)] == ["Belt"]
