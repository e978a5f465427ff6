"""A brand is deleted while a product gets it: one of the two is refused, and no product names what is gone."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.catalog.models import Brand, Product
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.lookups.nouns import BRAND
from shop.merchandising.lookups.removal import remove
from shop.merchandising.products.editing import change_product
from tests.factories import a_product
from tests.merchandising.sorted_by import a_row
from tests.support.barrier import all_at_once

ROUNDS = 20
pytestmark = pytest.mark.faults


def edit(product_id: int, brand_id: int) -> None:
    """The product gets the brand as the shop does it."""
    change_product(product_id, {"brand_id": brand_id})


def edit_without_holding(product_id: int, brand_id: int) -> None:
    """The control: nobody looks whether the brand is still there."""
    db.session.get_one(Product, product_id).brand_id = brand_id


def is_left_behind(app: Flask, put: Callable[[int, int], None]) -> bool:
    """Whether a product ever named a deleted brand."""
    product_id = a_product().id
    for number in range(ROUNDS):
        brand_id = a_row(BRAND, f"Loom {number}").id
        db.session.commit()

        def act(which: int, brand_id: int = brand_id) -> None:
            try:
                with unit_of_work():
                    remove(BRAND, brand_id) if which else put(product_id, brand_id)
            except ShopError:
                return

        all_at_once(app, act, 2)
        left = select(func.count()).select_from(Product).join(Brand).where(Brand.deleted_at.is_not(None))
        number_left = db.session.scalar(left)
        db.session.rollback()
        if number_left:
            return True
    return False


@pytest.mark.covers("CAT-02")
def test_no_product_gets_a_brand_that_is_being_deleted(app: Flask) -> None:
    assert not is_left_behind(app, edit)


def test_control_a_brand_that_nobody_holds_is_gone_from_under_its_product(app: Flask) -> None:
    assert is_left_behind(app, edit_without_holding)
