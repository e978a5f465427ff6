"""Several people save the same grid of variants at once: nobody overwrites what they did not see."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.products.matrix import saving
from shop.merchandising.products.matrix.layers import PRICE
from shop.operations.audit import audit
from tests.factories import a_product
from tests.fulfilment.walk import OWNER
from tests.support.barrier import all_at_once

OWNERS = 8
pytestmark = pytest.mark.faults


def saved_at_once(app: Flask) -> tuple[int, set[int]]:
    """Everybody gives all sizes a price of their own; how many were let, and the prices there are then."""
    product = a_product(price=149900, sizes=("S", "M", "L"))
    id, places = product.id, [(variant.colour_id, variant.size_id) for variant in product.variants]
    db.session.commit()

    def save(number: int) -> None:
        with unit_of_work():
            typed = {place: saving.Typed("1499", str(1000 + number)) for place in places}
            saving.save_values(id, PRICE, typed, OWNER)

    told = list(all_at_once(app, save, OWNERS))
    prices = db.session.scalars(select(Variant.price).where(Variant.product_id == id))
    return told.count(None), {price.minor for price in prices}


@pytest.mark.covers("CAT-04")
def test_of_many_who_save_a_grid_at_once_one_is_let_and_saves_all_of_it(app: Flask) -> None:
    let, prices = saved_at_once(app)
    assert (let, len(prices)) == (1, 1)
    assert audit() == []


def test_without_the_look_at_what_was_seen_all_would_be_let(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    monkeypatch.setattr(saving, "_check", lambda *_: None)
    assert saved_at_once(app)[0] == OWNERS
