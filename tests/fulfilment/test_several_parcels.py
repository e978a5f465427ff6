"""An order in several parcels: nothing packed twice, the order follows them all, each brings its share of the cash."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from shop.aftersales.errors import AlreadyPacked, PartlySent
from shop.aftersales.services import can_cancel, cancel_order, receive_back
from shop.extensions import db
from shop.fulfilment import services
from shop.fulfilment.errors import NothingToPack, TooManyUnits
from shop.fulfilment.models import Parcel, ParcelLine
from shop.fulfilment.queries.cash import cash_by_parcel, cash_due
from shop.fulfilment.shares import cash_of, shares_of
from shop.lib.actor import Actor
from shop.lib.money import Money, total
from shop.lib.queries import rows
from shop.operations.audit import audit
from shop.orders.models import Order, OrderLine
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.queries import refunds_of
from shop.stock.models import StockLevel
from tests.factories import a_variant
from tests.fulfilment.several import DOOR, a_parcel, bring, pack, parcels, two_parcels
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of

GUEST = Actor("guest", "Guest")


@pytest.mark.covers("ORD-05")
def test_an_order_is_packed_once_every_unit_is_in_a_parcel(app: Flask) -> None:
    order_id = an_order_that_is("confirmed", a_variant(), quantity=3)
    first = pack(order_id, 2)
    assert (a_parcel(first).units, order_of(order_id).state) == (2, OrderState.CONFIRMED)
    assert order_of(order_id).history[-1].note == "Parcel 1 packed"
    act(services.pack_order, order_of(order_id), OWNER)
    assert [parcel.units for parcel in parcels(order_id)] == [2, 1]
    assert order_of(order_id).state == OrderState.PACKED


@pytest.mark.covers("ORD-05")
@pytest.mark.parametrize(("units", "error"), [(0, NothingToPack), (4, TooManyUnits), (-1, TooManyUnits)])
def test_nothing_too_much_and_less_than_nothing_are_refused(app: Flask, units: int, error: type[Exception]) -> None:
    order_id = an_order_that_is("confirmed", a_variant(), quantity=3)
    with pytest.raises(error):
        pack(order_id, units)
    assert parcels(order_id) == []


@pytest.mark.covers("ORD-05")
def test_units_of_another_order_are_refused(app: Flask) -> None:
    order_id, other = an_order_that_is("confirmed"), order_of(an_order_that_is("confirmed")).lines[0].id
    with pytest.raises(TooManyUnits):
        act(services.pack_units, order_of(order_id), {other: 1}, OWNER)


@pytest.mark.covers("ORD-03", "ORD-05")
def test_the_order_waits_for_the_slowest_of_its_parcels(app: Flask) -> None:
    order_id, first, second = two_parcels()
    seen = []
    for parcel in (first, second):
        for state in DOOR:
            bring(parcel, state)
            seen.append(order_of(order_id).state)
    assert seen == ["packed", "packed", "packed", "shipped", "out_for_delivery", "delivered"]
    assert order_of(order_id).delivered_at == parcels(order_id)[1].delivered_at
    assert audit() == []


@pytest.mark.covers("ORD-04")
def test_every_parcel_has_a_history_of_its_own(app: Flask) -> None:
    order_id, first, _second = two_parcels()
    bring(first, *DOOR)
    told = [(entry.to_state, entry.actor) for entry in parcels(order_id)[0].history]
    assert told == [(state, "Meera") for state in ("packed", *DOOR)]
    assert "Parcel 1 shipped: Blue Dart" in " ".join(entry.note for entry in order_of(order_id).history)


@pytest.mark.covers("ORD-04")
def test_the_orders_history_says_which_parcel_it_followed(app: Flask) -> None:
    order_id, first, second = two_parcels()
    bring(first, *DOOR)
    bring(second, "shipped", "out_for_delivery", "delivery_failed", "returning", "returned")
    notes = {move.to_state: move.note for move in order_of(order_id).moves}
    assert notes["delivery_failed"] == "Parcel 2: Did not want it"
    assert notes["returning"] == "Parcel 2 returning"
    assert notes["delivered"] == "Parcel 2: Back in the shop"
    alone = an_order_that_is("delivery_failed")
    assert not order_of(alone).history[-1].note.startswith("Parcel")


@pytest.mark.covers("INV-02", "ORD-05")
def test_only_what_is_in_the_parcel_leaves_the_stock(app: Flask) -> None:
    order_id, first, _second = two_parcels()
    bring(first, "shipped")
    levels = [db.session.get_one(StockLevel, line.variant_id) for line in order_of(order_id).lines]
    assert [(level.on_hand, level.reserved) for level in levels] == [(4, 1), (4, 1)]
    assert audit() == []


@pytest.mark.covers("ORD-05")
def test_each_parcel_is_handed_over_against_a_code_of_its_own(app: Flask) -> None:
    order_id, first, second = two_parcels()
    bring(first, "shipped", "out_for_delivery")
    bring(second, "shipped", "out_for_delivery")
    codes = [parcel.otp for parcel in parcels(order_id)]
    act(services.deliver_parcel, parcels(order_id)[0], OWNER, otp=codes[0])
    assert [parcel.otp for parcel in parcels(order_id)] == [None, codes[1]]


@pytest.mark.covers("ORD-07", "PAY-06")
def test_each_parcel_brings_its_share_of_the_cash(app: Flask) -> None:
    order_id, first, second = two_parcels()
    shares = cash_by_parcel(order_of(order_id), parcels(order_id))
    assert total(list(shares.values())) == order_of(order_id).total
    assert shares[second] == Money(149900 + 99900)
    bring(first, *DOOR)
    act(services.collect_cash_of, a_parcel(first), OWNER)
    assert order_of(order_id).payment_standing == PaymentStanding.PENDING
    bring(second, *DOOR)
    assert cash_due(order_of(order_id), parcels(order_id)) == {second: shares[second]}
    act(services.collect_cash, order_of(order_id), OWNER)
    assert order_of(order_id).payment_standing == PaymentStanding.PAID
    assert audit() == []


@pytest.mark.covers("ORD-03")
def test_cash_of_a_refused_parcel_is_no_longer_owed_and_the_rest_of_the_order_stands(app: Flask) -> None:
    order_id, first, second = two_parcels()
    bring(first, *DOOR)
    act(services.collect_cash_of, a_parcel(first), OWNER)
    bring(second, "shipped", "out_for_delivery", "delivery_failed", "returning")
    assert order_of(order_id).state == OrderState.RETURNING
    bring(second, "returned")
    order = order_of(order_id)
    assert (order.state, order.payment_standing) == (OrderState.DELIVERED, PaymentStanding.PAID)
    assert [db.session.get_one(StockLevel, line.variant_id).on_hand for line in order.lines] == [4, 4]
    assert audit() == []


@pytest.mark.covers("PAY-05")
def test_of_a_paid_order_what_was_paid_for_the_returned_parcel_goes_back(app: Flask) -> None:
    order_id, first, second = two_parcels(payment="card")
    bring(first, "shipped", "out_for_delivery", "delivery_failed", "returning", "returned")
    assert [refund.amount for refund in rows(refunds_of(order_id))] == [Money(149900 + 99900)]
    bring(second, *DOOR)
    assert order_of(order_id).state == OrderState.DELIVERED
    assert audit() == []


@pytest.mark.covers("ORD-03")
def test_when_all_parcels_came_back_the_order_has_too(app: Flask) -> None:
    order_id, *both = two_parcels()
    for parcel in both:
        bring(parcel, "shipped", "out_for_delivery", "delivery_failed", "returning")
    act(receive_back, order_of(order_id), OWNER)
    assert order_of(order_id).state == OrderState.RETURNED
    assert audit() == []


@pytest.mark.covers("ORD-06")
def test_with_a_parcel_packed_the_shop_still_cancels_and_the_buyer_does_not(app: Flask) -> None:
    variant_id = (variant := a_variant(units=5)).id
    order_id = an_order_that_is("confirmed", variant, quantity=3)
    pack(order_id, 1)
    with pytest.raises(AlreadyPacked):
        act(cancel_order, order_of(order_id), GUEST)
    act(cancel_order, order_of(order_id), OWNER, "Torn")
    assert [parcel.state for parcel in parcels(order_id)] == ["cancelled"]
    assert db.session.get_one(StockLevel, variant_id, populate_existing=True).for_sale == 5
    assert audit() == []


@pytest.mark.covers("ORD-03")
def test_an_order_of_which_a_part_is_away_is_not_cancelled_until_it_is_back(app: Flask) -> None:
    order_id = an_order_that_is("confirmed", a_variant(units=5), quantity=3)
    first = pack(order_id, 1)
    bring(first, "shipped")
    assert not can_cancel(order_of(order_id), OWNER)
    with pytest.raises(PartlySent):
        act(cancel_order, order_of(order_id), OWNER)
    bring(first, "out_for_delivery", "delivery_failed", "returning", "returned")
    act(cancel_order, order_of(order_id), OWNER, "Nobody wants it")
    assert order_of(order_id).state == OrderState.CANCELLED
    assert audit() == []


@given(st.data())
def test_shares_and_cash_come_to_the_whole_however_it_is_packed(data: st.DataObject) -> None:
    lines = [a_line(data, number) for number in range(1, data.draw(st.integers(1, 4)) + 1)]
    beside = data.draw(st.integers(0, 20_000))
    order = Order(total=Money(beside + sum((line.total + line.tax_added).minor for line in lines)), lines=lines)
    packed = [Parcel(id=number, state="packed") for number in range(1, 4)]
    for line in lines:
        for parcel, units in zip(packed, cuts(data, line.quantity), strict=True):
            parcel.lines.append(ParcelLine(order_line_id=line.id, order_line=line, quantity=units))
    shares = shares_of(order, packed)
    assert total([share.whole for share in shares.values()]) == order.total
    cash = Money(data.draw(st.integers(0, order.total.minor)))
    parts = cash_of(order, shares, cash)
    assert total(list(parts.values())) == (cash if order.total else Money(0))
    assert all(part >= Money(0) for part in parts.values())


def a_line(data: st.DataObject, number: int) -> OrderLine:
    amounts = st.integers(0, 500_000)
    return OrderLine(id=number, quantity=data.draw(st.integers(1, 7)), total=Money(data.draw(amounts)),
                     tax_added=Money(data.draw(amounts)))  # fmt: skip


def cuts(data: st.DataObject, units: int) -> list[int]:
    first = data.draw(st.integers(0, units))
    second = data.draw(st.integers(0, units - first))
    return [first, second, units - first - second]
