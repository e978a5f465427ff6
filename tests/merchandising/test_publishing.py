"""A product comes on the shelf at the moment its owner set, by the clock."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from shop.catalog.models import ListingRow, Picture, Product
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.models import CatalogueStamp
from shop.merchandising.deletion import delete_product
from shop.merchandising.jobs import publish_what_is_due
from shop.merchandising.products.editing import change_product
from shop.merchandising.products.errors import BadMoment, NotReady
from shop.merchandising.products.restoring import restore_product
from shop.operations.audit import audit
from shop.operations.log.queries import ChangeFilter, changes
from shop.operations.log.undo import undo
from tests.factories import a_product
from tests.fulfilment.walk import act
from tests.support.shops import ShopClient

pytestmark = pytest.mark.covers("CAT-03")
MINUTE = timedelta(minutes=1)


def tomorrow() -> datetime:
    return (now() + timedelta(days=1)).replace(second=0, microsecond=0)


def scheduled(at: datetime | None = None) -> int:
    """The id of a hidden product that comes on the shelf tomorrow."""
    id = a_product("Festive kurta", published=False).id
    act(change_product, id, {"publish_at": at or tomorrow()})
    return id


def again(id: int) -> Product:
    return db.session.get_one(Product, id, populate_existing=True)


def stamp() -> str:
    db.session.rollback()
    return db.session.scalars(select(CatalogueStamp.value)).one()


def test_it_is_hidden_until_then_and_appears_by_itself(client: ShopClient) -> None:
    at = tomorrow()
    id = scheduled(at + timedelta(seconds=42))
    assert again(id).publish_at == at
    slug = again(id).slug
    act(publish_what_is_due)
    assert client.get(f"/p/{slug}").status_code == 404
    before = stamp()
    with time_machine.travel(at):
        act(publish_what_is_due)
        assert client.get(f"/p/{slug}").status_code == 200
    assert (again(id).published_at >= at, again(id).publish_at) == (True, None)
    assert db.session.get(ListingRow, id).name == "Festive kurta"
    assert stamp() != before
    assert audit() == []


def test_what_is_not_ready_any_more_waits_until_it_is(app: Flask) -> None:
    id, at = scheduled(), tomorrow()
    picture_id = again(id).pictures[0].id
    for deleted_at in (now(), None):
        db.session.get_one(Picture, picture_id).deleted_at = deleted_at
        db.session.commit()
        with time_machine.travel(at + MINUTE):
            act(publish_what_is_due)
        assert again(id).is_on_shelf == (deleted_at is None)


@pytest.mark.parametrize("late", [timedelta(0), MINUTE, timedelta(days=900)])
def test_nothing_is_scheduled_for_what_is_over(app: Flask, late: timedelta) -> None:
    with pytest.raises(BadMoment, match="still to come"):
        act(change_product, a_product(published=False).id, {"publish_at": now() - late})


def test_what_is_saved_again_a_moment_too_late_stays_scheduled(app: Flask) -> None:
    id, at = scheduled(), tomorrow()
    with time_machine.travel(at + MINUTE):
        act(change_product, id, {"publish_at": at, "is_published": False, "name": "Silk kurta"})
        act(publish_what_is_due)
    assert again(id).is_on_shelf


def test_what_stands_on_the_shelf_is_not_scheduled(app: Flask) -> None:
    id = a_product().id
    with pytest.raises(BadMoment, match="take it off"):
        act(change_product, id, {"publish_at": tomorrow()})
    act(change_product, id, {"publish_at": tomorrow(), "is_published": False})
    assert (again(id).is_on_shelf, again(id).publish_at) == (False, tomorrow())


def test_only_what_is_ready_is_scheduled(app: Flask) -> None:
    product = a_product(published=False)
    id = product.id
    product.pictures[0].deleted_at = now()
    with pytest.raises(NotReady, match="Add a picture"):
        act(change_product, id, {"publish_at": tomorrow()})


def test_the_owner_publishes_earlier_or_takes_the_schedule_back(app: Flask) -> None:
    early, taken_back = scheduled(), scheduled()
    act(change_product, early, {"publish_at": tomorrow(), "is_published": True})
    assert (again(early).is_on_shelf, again(early).publish_at) == (True, None)
    act(change_product, taken_back, {"publish_at": None})
    with time_machine.travel(tomorrow() + MINUTE):
        act(publish_what_is_due)
    assert not again(taken_back).is_on_shelf


def test_what_the_clock_did_is_undone_for_good(app: Flask) -> None:
    id = scheduled()
    with time_machine.travel(tomorrow() + MINUTE):
        act(publish_what_is_due)
        last = db.session.scalars(changes(ChangeFilter(table="product", record=str(id)))).first()
        act(undo, last.id, frozenset({"product:update"}))
        act(publish_what_is_due)
    assert (again(id).is_on_shelf, again(id).publish_at) == (False, None)


def test_a_deleted_product_does_not_appear_and_comes_back_hidden(app: Flask) -> None:
    id = scheduled()
    act(delete_product, id)
    with time_machine.travel(tomorrow() + MINUTE):
        act(publish_what_is_due)
        assert again(id).published_at is None
        act(restore_product, id)
        act(publish_what_is_due)
    assert (again(id).is_on_shelf, again(id).publish_at) == (False, None)
