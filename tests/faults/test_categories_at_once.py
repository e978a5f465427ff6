"""Two owners move categories at once: the tree stays a tree, and listings say where their products stand."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.catalog.models import Category, ListingRow, Product
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.categories.services import create_category, move_category
from shop.merchandising.lookups.errors import NameTaken
from shop.merchandising.relisting import relist_now
from tests.factories import a_product
from tests.merchandising.sorted_by import a_category
from tests.support.barrier import all_at_once

ROUNDS = 20
pytestmark = pytest.mark.faults


def two_roots() -> tuple[int, int]:
    db.session.execute(update(Category).values(parent_id=None))
    one, other = db.session.scalars(select(Category.id).order_by(Category.id).limit(2))
    db.session.commit()
    return one, other


def is_circle() -> bool:
    """Whether each of two stands below the other."""
    parents = list(db.session.scalars(select(Category.parent_id)))
    db.session.rollback()
    return None not in parents


def move_into_each_other(app: Flask) -> bool:
    """Both moves at once, as the shop does them; whether it ended in a circle."""
    one, other = two_roots()

    def move(number: int) -> None:
        try:
            with unit_of_work():
                move_category(*((one, other), (other, one))[number])
        except ShopError:
            return

    all_at_once(app, move, 2)
    return is_circle()


def move_without_holding(app: Flask) -> bool:
    """The control: each looks whether it would make a circle first, and moves afterwards."""
    one, other = two_roots()

    def move(number: int) -> None:
        node, parent = ((one, other), (other, one))[number]
        with unit_of_work(read_only=True):
            above = db.session.get_one(Category, parent).parent_id
        if above == node:
            return
        with unit_of_work():
            db.session.execute(update(Category).where(Category.id == node).values(parent_id=parent))

    all_at_once(app, move, 2)
    return is_circle()


@pytest.mark.covers("CAT-02")
def test_two_moves_at_once_make_no_circle(app: Flask) -> None:
    a_category("Men")
    a_category("Women")
    assert not any(move_into_each_other(app) for _ in range(ROUNDS))


@pytest.mark.control
def test_control_looking_before_moving_makes_a_circle(app: Flask) -> None:
    a_category("Men")
    a_category("Women")
    assert any(move_without_holding(app) for _ in range(ROUNDS))


def held(product_id: int, category_id: int) -> None:
    """A product gets another category as the shop does it."""
    with unit_of_work():
        db.session.get_one(Product, product_id).category_id = category_id
        relist_now([product_id])


def unheld(product_id: int, category_id: int) -> None:
    """The control: what is listed is read first and written afterwards."""
    with unit_of_work(read_only=True):
        path = db.session.get_one(Category, category_id).path
    with unit_of_work():
        db.session.get_one(Product, product_id).category_id = category_id
        db.session.execute(update(ListingRow).values(category_path=path))


def is_listed_elsewhere(app: Flask, put: Callable[[int, int], None]) -> bool:
    """A product is put into a category that moves at the same time; whether a listing shows it where it is not."""
    men, women, shirts = (a_category(name).id for name in ("Men", "Women", "Shirts"))
    product_id = a_product(category="men").id
    db.session.commit()

    def change(number: int) -> None:
        if number:
            put(product_id, shirts)
        else:
            with unit_of_work():
                move_category(shirts, women)

    for _ in range(ROUNDS):
        with unit_of_work():
            move_category(shirts, None)
        held(product_id, men)
        all_at_once(app, change, 2)
        path = db.session.scalar(select(ListingRow.category_path))
        db.session.rollback()
        if path != "women/shirts":
            return True
    return False


@pytest.mark.covers("CAT-02")
def test_a_product_put_into_a_category_that_moves_is_listed_where_it_stands(app: Flask) -> None:
    assert not is_listed_elsewhere(app, held)


@pytest.mark.control
def test_control_a_path_that_is_read_before_it_is_written_lists_it_elsewhere(app: Flask) -> None:
    assert is_listed_elsewhere(app, unheld)


@pytest.mark.covers("CAT-02")
def test_a_category_made_twice_at_once_is_there_once(app: Flask) -> None:
    db.session.commit()

    def make(_number: int) -> str:
        try:
            with unit_of_work():
                return create_category({"name": "Linen"}).slug
        except NameTaken:
            return "taken"

    assert sorted(all_at_once(app, make, 4)) == ["linen", "taken", "taken", "taken"]
