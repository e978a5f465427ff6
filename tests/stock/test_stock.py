"""What there is, what is kept for orders, and the ledger of every change."""

import pytest
from sqlalchemy import select

from shop.catalog.models import ListingOffer, ListingRow
from shop.extensions import db
from shop.lib.actor import SYSTEM, Actor
from shop.lib.errors import NotFound
from shop.operations.audit import stock as books
from shop.stock import services
from shop.stock.errors import BelowReserved, NotHeld, OutOfStock
from shop.stock.models import Hold, LedgerEntry, LedgerReason, StockLevel
from shop.stock.queries import for_sale
from tests.factories import a_product, a_variant

OWNER = Actor("staff", "Meera Nair", 1)
ORDER = 4711


@pytest.fixture(autouse=True)
def _books_balance(app):
    yield
    db.session.flush()
    assert books.levels_that_differ_from_ledger() == []
    assert books.reserved_that_differs_from_holds() == []
    assert books.offers_that_differ_from_stock() == []


def level(variant):
    found = db.session.get_one(StockLevel, variant.id)
    return found.on_hand, found.reserved


def ledger(variant):
    entries = select(LedgerEntry).where(LedgerEntry.variant_id == variant.id).order_by(LedgerEntry.id)
    return [(entry.units, entry.reason, entry.actor) for entry in db.session.scalars(entries)]


def is_listed_in_stock(variant):
    row = select(ListingRow.in_stock).where(ListingRow.product_id == variant.product_id)
    offer = select(ListingOffer.in_stock).where(ListingOffer.variant_id == variant.id)
    return db.session.scalar(row), db.session.scalar(offer)


@pytest.mark.covers("INV-01")
def test_kept_units_are_not_for_sale_but_still_on_hand():
    variant = a_variant(units=5)
    services.hold(ORDER, {variant.id: 2})
    assert level(variant) == (5, 2)
    assert for_sale([variant.id]) == {variant.id: 3}


@pytest.mark.covers("INV-01")
def test_more_than_there_is_cannot_be_kept_and_the_error_names_what_is_short():
    plenty, scarce, none = a_variant(units=9), a_variant(name="Breton tee", units=1), a_variant(name="Kurta", units=0)
    with pytest.raises(OutOfStock) as refused, db.session.begin_nested():
        services.hold(ORDER, {none.id: 1, scarce.id: 2, plenty.id: 1})
    assert refused.value.left == {scarce.id: 1, none.id: 0}
    assert str(refused.value) == "Only 1 left of Breton tee, Indigo, M. Kurta, Indigo, M is sold out."
    assert level(plenty) == (9, 0)


@pytest.mark.covers("INV-03")
def test_released_units_are_for_sale_again_once():
    variant = a_variant(units=2)
    services.hold(ORDER, {variant.id: 2})
    assert is_listed_in_stock(variant) == (False, False)
    services.release(ORDER)
    services.release(ORDER)
    assert level(variant) == (2, 0)
    assert is_listed_in_stock(variant) == (True, True)


@pytest.mark.covers("INV-02")
def test_shipped_units_leave_the_house_and_the_ledger_says_for_which_order():
    variant = a_variant(units=5)
    services.hold(ORDER, {variant.id: 2})
    services.ship(ORDER, {variant.id: 2}, OWNER)
    assert level(variant) == (3, 0)
    assert ledger(variant)[-1] == (-2, LedgerReason.ORDER, "Meera Nair")
    assert db.session.scalars(select(LedgerEntry.order_id).where(LedgerEntry.units < 0)).one() == ORDER


def test_an_order_can_leave_in_two_parcels():
    variant = a_variant(units=5)
    services.hold(ORDER, {variant.id: 3})
    services.ship(ORDER, {variant.id: 1}, OWNER)
    assert level(variant) == (4, 2)
    services.ship(ORDER, {variant.id: 2}, OWNER)
    assert level(variant) == (2, 0)
    assert db.session.scalars(select(Hold.outcome)).all() == ["shipped"]


def test_what_is_not_kept_for_an_order_cannot_be_shipped():
    variant = a_variant(units=5)
    services.hold(ORDER, {variant.id: 1})
    for order_id, units in ((ORDER, 2), (ORDER + 1, 1)):
        with pytest.raises(NotHeld), db.session.begin_nested():
            services.ship(order_id, {variant.id: units}, OWNER)
    assert level(variant) == (5, 1)


@pytest.mark.covers("INV-02")
def test_returned_units_are_for_sale_again_with_their_reason():
    variant = a_variant(units=1)
    services.hold(ORDER, {variant.id: 1})
    services.ship(ORDER, {variant.id: 1}, OWNER)
    services.take_back(ORDER, {variant.id: 1}, LedgerReason.RETURN, OWNER)
    assert level(variant) == (1, 0)
    assert ledger(variant)[-1] == (1, LedgerReason.RETURN, "Meera Nair")
    assert is_listed_in_stock(variant) == (True, True)


@pytest.mark.covers("INV-02")
def test_a_correction_says_who_why_and_how_many():
    variant = a_variant(units=5)
    assert services.adjust(variant.id, to_on_hand=3, reason=LedgerReason.DAMAGE, actor=OWNER, note="Moths") == 3
    assert services.adjust(variant.id, by_units=10, reason=LedgerReason.RESTOCK, actor=OWNER) == 13
    assert ledger(variant)[1:] == [(-2, "damage", "Meera Nair"), (10, "restock", "Meera Nair")]


def test_a_correction_that_changes_nothing_is_not_written():
    variant = a_variant(units=5)
    assert services.adjust(variant.id, to_on_hand=5, actor=OWNER) == 5
    assert len(ledger(variant)) == 1


@pytest.mark.covers("INV-01")
@pytest.mark.parametrize("change", [{"to_on_hand": 1}, {"by_units": -4}, {"to_on_hand": -1}])
def test_stock_cannot_fall_below_what_orders_hold(change):
    variant = a_variant(units=5)
    services.hold(ORDER, {variant.id: 2})
    with pytest.raises(BelowReserved, match="2 are kept for orders"), db.session.begin_nested():
        services.adjust(variant.id, actor=OWNER, **change)
    assert level(variant) == (5, 2)


def test_a_size_that_sells_out_leaves_its_product_in_stock_by_the_others():
    small, medium = a_product(sizes=["S", "M"], units=1).variants
    services.hold(ORDER, {small.id: 1})
    assert is_listed_in_stock(small) == (True, False)
    services.adjust(medium.id, to_on_hand=0, actor=OWNER)
    assert is_listed_in_stock(medium) == (False, False)


def test_a_variant_that_was_never_counted_has_no_stock_and_takes_no_correction(app):
    assert for_sale([999]) == {999: 0}
    with pytest.raises(NotFound):
        services.adjust(999, by_units=1, actor=SYSTEM)
