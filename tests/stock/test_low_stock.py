"""What runs low: told once, to whom the owner chose, and again only after new goods came in."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.models import User, UserStatus
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.models import OutboxEvent
from shop.stock import services
from shop.stock.models import LedgerReason, StockAlert, StockLevel
from shop.stock.services import tell_of_low_stock
from shop.store.queries import store
from shop.store.setting_services import set_value
from shop.store.settings import STOCK_ALERTS_TO
from tests.factories import a_product, a_user, a_variant
from tests.notifications.letterbox import mail, mails, text
from tests.support.outbox import run_outbox
from tests.support.settings import shows

OWNER = Actor("staff", "Meera Nair", 1)


@pytest.fixture
def meera(app: Flask) -> User:
    return a_user("meera@example.com", role="owner", first_name="Meera")


def told() -> int:
    """How many alerts there were, after the clock came by."""
    tell_of_low_stock()
    db.session.flush()
    return db.session.scalar(select(func.count(StockAlert.id))) or 0


@pytest.mark.covers("INV-04")
def test_the_owner_is_mailed_when_a_size_falls_to_its_reorder_point(meera: User) -> None:
    variant = a_variant(name="Harbour tee", units=6)
    assert told() == 0
    services.hold(1, {variant.id: 1})
    assert told() == 1
    run_outbox()
    letter = mail("low_stock")
    assert (letter["To"], letter["Subject"]) == ("meera@example.com", "Running low: Harbour tee, Indigo, M")
    assert "Harbour tee, Indigo, M" in text(letter)
    assert ": 5 left" in text(letter)
    assert "/staff/stock?view=low" in text(letter)


@pytest.mark.covers("INV-04")
def test_a_size_that_stays_low_is_told_of_once_and_again_after_a_restock(meera: User) -> None:
    variant = a_variant(units=5)
    assert told() == 1
    services.hold(1, {variant.id: 2})
    assert told() == 1
    services.adjust(variant.id, by_units=1, reason=LedgerReason.RESTOCK, actor=OWNER)
    assert told() == 1
    services.adjust(variant.id, by_units=9, reason=LedgerReason.RESTOCK, actor=OWNER)
    assert told() == 1
    services.hold(2, {variant.id: 9})
    assert told() == 2


@pytest.mark.covers("INV-04")
def test_an_order_that_is_given_up_arms_nothing_but_goods_that_come_back_do(meera: User) -> None:
    variant = a_variant(units=6)
    services.hold(1, {variant.id: 1})
    assert told() == 1
    services.release(1)
    services.hold(2, {variant.id: 1})
    assert told() == 1
    services.ship(2, {variant.id: 1}, OWNER)
    services.take_back(2, {variant.id: 1}, LedgerReason.RETURN, OWNER)
    services.hold(3, {variant.id: 1})
    assert told() == 2


@pytest.mark.covers("INV-04")
def test_a_reorder_point_that_is_lowered_arms_and_one_that_is_raised_tells(meera: User) -> None:
    variant = a_variant(units=8)
    services.set_reorder_point(variant.id, 8, OWNER)
    assert told() == 1
    services.set_reorder_point(variant.id, 9, OWNER)
    assert told() == 1
    services.set_reorder_point(variant.id, 2, OWNER)
    services.set_reorder_point(variant.id, 8, OWNER)
    assert told() == 2


@pytest.mark.covers("INV-04")
def test_sizes_that_run_low_together_share_a_mail_which_lists_the_fewest_first(meera: User) -> None:
    a_product("Harbour tee", sizes=("S", "M", "L"), units=3)
    sku = a_variant(name="Gone tee", units=0).sku
    for size in range(32):
        a_variant(name=f"Loom tee {size}", units=4)
    assert told() == 1
    run_outbox()
    (letter,) = mails("low_stock")
    assert letter["Subject"] == "Running low: 36 sizes"
    assert text(letter).index("Gone tee") < text(letter).index("Harbour tee") < text(letter).index("Loom tee")
    assert "And 6 more." in text(letter)
    assert sku in text(letter)


def test_what_is_hidden_deleted_or_sold_no_more_is_not_told(meera: User) -> None:
    a_variant(units=0, published=False)
    assert told() == 0


def test_what_was_restocked_before_the_mail_left_is_not_in_it(meera: User) -> None:
    variant = a_variant(units=1)
    assert told() == 1
    services.adjust(variant.id, by_units=9, reason=LedgerReason.RESTOCK, actor=OWNER)
    run_outbox()
    assert mails("low_stock") == []


@shows(STOCK_ALERTS_TO)
@pytest.mark.covers("INV-04", "STO-03")
def test_the_owner_chooses_who_is_told(meera: User) -> None:
    a_user("bela@example.com", role="owner")
    a_user("gone@example.com", role="owner", status=UserStatus.INACTIVE)
    a_user("staff@example.com", role="staff")
    id = a_variant(units=1).id
    set_value(STOCK_ALERTS_TO, "nobody")
    assert told() == 0
    set_value(STOCK_ALERTS_TO, "store")
    assert told() == 1
    run_outbox()
    assert [letter["To"] for letter in mails("low_stock")] == [store().email]
    services.adjust(id, by_units=9, reason=LedgerReason.RESTOCK, actor=OWNER)
    services.adjust(id, by_units=-9, actor=OWNER)
    set_value(STOCK_ALERTS_TO, "owners")
    assert told() == 2
    run_outbox()
    assert [letter["To"] for letter in mails("low_stock")][1:] == ["meera@example.com", "bela@example.com"]


def test_the_clock_owes_nothing_where_nothing_is_new(meera: User) -> None:
    a_variant(units=1)
    assert [told(), told()] == [1, 1]
    assert db.session.scalar(select(func.count(OutboxEvent.id)).where(OutboxEvent.event == "LowStockFound")) == 1
    assert db.session.scalars(select(StockLevel.alert_id)).all() == [1]
