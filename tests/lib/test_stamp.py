"""The catalogue's stamp: new after every commit that changed what pages for everyone show, and after no other."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from flask import Flask
from sqlalchemy import delete, event, insert, select, update

from shop.accounts.models import User
from shop.aftersales import services as aftersales
from shop.catalog.models import Brand, ListingRow
from shop.content.models import Page
from shop.delivery.models import DeliveryMethod
from shop.delivery.queries import methods
from shop.extensions import db
from shop.lib import stamp
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.kept import kept_by_stamp
from shop.lib.models import CatalogueStamp
from shop.lib.money import Money
from shop.lib.stamp import StampReader
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising import services as merchandising
from shop.orders.models import Order
from shop.stock import services as stock
from shop.store.setting_services import set_value
from shop.store.settings import FEW_LEFT, value_of
from tests.checkout.buying import a_ready_buyer, an_order_id, order_by
from tests.factories import a_product, a_user, a_variant, sign_in
from tests.support.statements import statements


@pytest.fixture
def read(app: Flask) -> Callable[[], str | None]:
    """Reads the stamp as the pages' front does, on a connection of its own."""
    return StampReader(db.engine).read


def is_new(read: Callable[[], str | None], change: Callable[[], object]) -> bool:
    db.session.commit()
    before = read()
    with unit_of_work():
        change()
    return read() != before


def add_brand() -> None:
    db.session.add(Brand(slug="mira", name="Mira"))


def test_what_pages_show_makes_a_new_stamp(app, read):
    variant_id = a_variant(price=199900).id
    assert is_new(read, lambda: merchandising.set_price(variant_id, Money(149900)))
    assert is_new(read, add_brand)
    assert is_new(read, lambda: db.session.execute(insert(Page).values(slug="a", title="A", body="", updated_at=now())))
    assert is_new(read, lambda: db.session.execute(update(ListingRow).values(units_sold=3)))
    assert is_new(read, lambda: db.session.execute(delete(DeliveryMethod)))
    assert is_new(read, stamp.touch)


def test_what_no_page_for_everyone_shows_leaves_the_stamp(app, read):
    a_product()
    assert not is_new(read, a_user)
    assert not is_new(
        read, lambda: db.session.execute(update(ListingRow).where(ListingRow.slug == "no").values(name="x"))
    )
    assert not is_new(read, lambda: None)


def test_a_unit_that_rolls_back_leaves_the_stamp(app, read):
    def fail() -> None:
        add_brand()
        db.session.flush()
        raise ZeroDivisionError

    before = read()
    with pytest.raises(ZeroDivisionError), unit_of_work():
        fail()
    with unit_of_work():
        a_user()
    assert read() == before


def test_what_a_savepoint_changed_counts_when_its_unit_commits(app, read):
    def change() -> None:
        with db.session.begin_nested():
            add_brand()
        db.session.execute(update(User).values(first_name="Usha"))

    assert is_new(read, change)


def test_the_new_stamp_is_the_last_statement(app):
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, statement, *_: seen.append(statement))
    with unit_of_work():
        add_brand()
        a_user()
    assert ["catalogue_stamp" in statement for statement in seen[-2:]] == [False, True]
    assert sum("catalogue_stamp" in statement for statement in seen) == 1


@pytest.mark.parametrize(("units", "bought", "renews"), [(10, 1, False), (6, 1, False), (5, 1, True), (2, 2, True)])
def test_an_order_makes_a_new_stamp_only_where_a_page_says_what_is_left(app, read, units, bought, renews):
    an_order_id()
    buyer = a_ready_buyer(a_variant(units=units), quantity=bought)
    before = read()
    order_id = order_by(buyer)
    assert (read() != before) is renews
    assert is_new(read, lambda: aftersales.cancel_order(db.session.get_one(Order, order_id), SYSTEM)) is renews


def test_a_count_of_the_shelf_makes_a_new_stamp_only_where_a_page_shows_it(app, read):
    variant_id = a_variant(units=10).id
    assert not is_new(read, lambda: stock.adjust(variant_id, to_on_hand=20, actor=SYSTEM))
    assert is_new(read, lambda: stock.adjust(variant_id, to_on_hand=3, actor=SYSTEM))
    assert is_new(read, lambda: stock.adjust(variant_id, to_on_hand=4, actor=SYSTEM))


def test_a_connection_that_broke_is_opened_again(app):
    reader = StampReader(db.engine)
    before = reader.read()
    reader._cursor.connection.close()
    assert reader.read() == before


class Counting:
    """A read that says how often it was asked."""

    def __init__(self) -> None:
        self.times = 0
        self.read = kept_by_stamp(most=2)(self._read)

    def _read(self, word: str) -> str:
        self.times += 1
        return word.upper()


def test_a_kept_read_is_asked_once_for_each_stamp(app):
    counting = Counting()
    for _ in range(2):
        with unit_of_work(read_only=True):
            assert counting.read("kora") == "KORA"
    assert counting.times == 1
    with unit_of_work():
        stamp.touch()
    with unit_of_work(read_only=True):
        counting.read("kora")
    assert counting.times == 2


def test_a_unit_that_writes_is_neither_reminded_nor_remembered(app):
    counting = Counting()
    for _ in range(2):
        with unit_of_work():
            counting.read("kora")
    assert counting.times == 2
    with unit_of_work(read_only=True):
        counting.read("kora")
    assert counting.times == 3


def test_a_request_that_only_looks_asks_for_the_stamp_once(app, client):
    sign_in(client, a_user(role="owner"))
    client.get("/staff/roles")
    with statements() as seen:
        client.get("/staff/roles")
    assert sum("catalogue_stamp" in statement for statement in seen) == 1


def test_a_unit_that_writes_is_reminded_of_what_the_owner_decides_until_it_changes_something_shown(app):
    def asked() -> list[str]:
        with statements() as seen:
            value_of(FEW_LEFT)
        return [one.split()[-1] for one in seen]

    with unit_of_work():
        asked()
    with unit_of_work():
        assert asked() == ["catalogue_stamp"]
    with unit_of_work():
        assert value_of(FEW_LEFT) == 5
        set_value(FEW_LEFT, 3)
        assert value_of(FEW_LEFT) == 3


def test_nobody_else_is_shown_what_a_unit_rolled_back(app):
    def save_and_fail() -> None:
        with unit_of_work():
            set_value(FEW_LEFT, 3)
            assert value_of(FEW_LEFT) == 3
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()
    for _ in range(2):
        with unit_of_work():
            assert value_of(FEW_LEFT) == 5


def test_a_unit_that_mapped_a_row_before_its_stamp_keeps_no_old_one_for_others(app):
    method_id = db.session.scalars(select(DeliveryMethod.id)).first()
    db.session.commit()
    with unit_of_work():
        row = db.session.get_one(DeliveryMethod, method_id)
        with db.engine.begin() if db.engine.dialect.name == "postgresql" else nullcontext() as other:
            if other:
                other.execute(update(DeliveryMethod).where(DeliveryMethod.id == method_id).values(name="Kite"))
                other.execute(update(CatalogueStamp).values(value="another"))
        names = {method.name for method in methods()}
        assert ("Kite" in names) == (other is not None)
        assert row.name in names
