"""Several sizes of one product sell out in the same moment: its card must say so."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import exists, select, update

from shop.catalog import listing
from shop.catalog.models import ListingOffer, ListingRow
from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from tests.factories import a_product
from tests.support.barrier import all_at_once

SIZES = ("XS", "S", "M", "L")
ROUNDS = 20
pytestmark = pytest.mark.faults


def still_in_stock(app: Flask, sell_out: Callable[[int], None]) -> bool:
    """What the card says after all sizes sold out at once."""
    product = a_product(sizes=SIZES)
    ids = [variant.id for variant in product.variants]
    db.session.commit()
    assert all_at_once(app, lambda number: sell_out(ids[number]), len(ids)) == [None] * len(ids)
    db.session.commit()
    return bool(db.session.scalar(select(ListingRow.in_stock).where(ListingRow.product_id == product.id)))


def in_one_unit(variant_id: int) -> None:
    with unit_of_work():
        listing.set_in_stock(variant_id, False)


def look_then_write(variant_id: int) -> None:
    """The same writes, but the other sizes are looked at before, without waiting for whoever changes them."""
    offer = ListingOffer.variant_id == variant_id
    with unit_of_work(read_only=True):
        product_id = db.session.scalar(select(ListingOffer.product_id).where(offer))
        others = exists().where(ListingOffer.product_id == product_id, ListingOffer.in_stock, ~offer)
        has_others = db.session.scalar(select(others))
    with unit_of_work():
        db.session.execute(update(ListingOffer).where(offer).values(in_stock=False))
        if not has_others:
            db.session.execute(update(ListingRow).where(ListingRow.product_id == product_id).values(in_stock=False))


@pytest.mark.covers("CAT-06")
def test_sizes_that_sell_out_together_leave_the_product_sold_out(app: Flask) -> None:
    assert not any(still_in_stock(app, in_one_unit) for _ in range(ROUNDS))


@pytest.mark.control
def test_control_looking_before_writing_leaves_a_sold_out_product_on_sale(app: Flask) -> None:
    assert any(still_in_stock(app, look_then_write) for _ in range(ROUNDS))
