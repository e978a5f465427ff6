"""The clock puts a product on the shelf while its owner takes the schedule back: one of the two comes first.

Either it stays hidden, or the owner is told that it is on the shelf.
"""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.catalog.models import Product
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.products import publishing
from shop.merchandising.products.editing import change_product
from shop.merchandising.products.fields import version_of
from tests.factories import a_product
from tests.support.barrier import all_at_once

ROUNDS = 20
pytestmark = pytest.mark.faults


def publish() -> None:
    """What is due comes on the shelf as the shop does it."""
    with unit_of_work():
        publishing.publish_due()


def publish_what_was_due() -> None:
    """The control: what is due is looked up first, and put on the shelf whatever happened since."""
    with unit_of_work(read_only=True):
        due = db.session.scalars(select(Product.id).where(Product.publish_at <= now())).all()
    with unit_of_work():
        db.session.execute(update(Product).where(Product.id.in_(due)).values(published_at=now(), publish_at=None))


def is_shown_behind_the_owner(app: Flask, publish: Callable[[], None]) -> bool:
    """Whether a product ever stood on the shelf after its owner was told that it will not."""
    id = a_product(published=False).id
    for _ in range(ROUNDS):
        product = db.session.get_one(Product, id, populate_existing=True)
        product.published_at, product.publish_at = None, now()
        seen = version_of(product)
        db.session.commit()

        def act(which: int, seen: str = seen) -> None:
            if not which:
                return publish()
            with unit_of_work():
                change_product(id, {"publish_at": None}, seen)
            return None

        _, refused = all_at_once(app, act, 2)
        assert refused is None or isinstance(refused, ShopError)
        is_shown = db.session.scalar(select(Product.published_at).where(Product.id == id)) is not None
        db.session.rollback()
        assert refused is None or is_shown
        if is_shown and refused is None:
            return True
    return False


@pytest.mark.covers("CAT-03")
def test_nothing_appears_that_its_owner_took_back(app: Flask) -> None:
    assert not is_shown_behind_the_owner(app, publish)


def test_control_a_clock_that_holds_nothing_shows_what_was_taken_back(app: Flask) -> None:
    assert is_shown_behind_the_owner(app, publish_what_was_due)
