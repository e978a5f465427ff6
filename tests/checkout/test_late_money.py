"""Money that comes for a payment the buyer turned away from, once the order costs something else than that."""

import pytest
from flask import Flask

from shop.checkout.services import expire_order, pay_another_way
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.errors import RestUnpaid
from shop.fulfilment.queries import parcels_of
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.lib.clock import now
from shop.lib.money import ZERO, Money
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.errors import RestStillDue
from shop.payments.queries import refunds_of
from shop.payments.refunds import Wanted, refund
from shop.store.cash_settings import CASH_FEE
from shop.store.setting_services import set_value
from tests.checkout.buying import an_order_id, pay, tenders
from tests.checkout.in_parts import ask_for_parts, begun, charge
from tests.checkout.test_editing import edit, kept
from tests.factories import a_variant
from tests.fulfilment.walk import OWNER, act, order_of, step
from tests.staff.desk import words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

PRICE, FEE = 149900, 4900


def dearer_in_cash(*states: str) -> tuple[int, int]:
    """An order that costs twice what was asked at the bank, to be paid to the courier by now; and that payment."""
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card")
    first = begun(order_id)
    edit(order_id, {variant_id: 2})
    act(pay_another_way, order_of(order_id), "cod")
    step(order_id, *states)
    return order_id, first


def to_collect(order_id: int) -> list[Money]:
    order = order_of(order_id)
    return list(cash_by_parcel(order, rows(parcels_of(order_id))).values())


@pytest.mark.covers("PAY-02", "ORD-07")
@pytest.mark.parametrize("states", [(), ("confirmed",), ("confirmed", "packed")])
def test_late_money_takes_from_what_the_courier_collects(app: Flask, states: tuple[str, ...]) -> None:
    order_id, first = dearer_in_cash(*states)
    assert charge(order_id, first) == "paid"
    order = order_of(order_id)
    rest = order.total - Money(PRICE)
    assert (order.payment_method, order.state) == ("cod", ("placed", *states)[-1])
    assert [(way, amount) for way, state, amount in tenders(order_id) if state == "pending"] == [("cod", rest.minor)]
    assert audit() == []
    step(order_id, *("confirmed", "packed")[len(states) :], "shipped", "out_for_delivery", "delivered")
    assert to_collect(order_id) == [rest]
    act(fulfilment.collect_cash, order_of(order_id), OWNER)
    run_outbox()
    order = order_of(order_id)
    assert (order.payment_standing, kept(order_id), audit()) == (PaymentStanding.PAID, order.total, [])


@pytest.mark.covers("PAY-02", "SHP-01")
def test_once_some_of_it_has_left_with_a_courier_late_money_goes_back(app: Flask) -> None:
    """Of two pieces one is on its way with its cash, so the order still waits for packing."""
    shirt = a_variant(price=PRICE)
    order_id = an_order_id(shirt, payment="card", quantity=2)
    first = begun(order_id)
    act(pay_another_way, order_of(order_id), "cod")
    step(order_id, "confirmed")
    line_id = order_of(order_id).lines[0].id
    act(fulfilment.pack_units, order_of(order_id), {line_id: 1}, OWNER)
    step(order_id, "shipped")
    collected = to_collect(order_id)
    assert charge(order_id, first) == "cancelled"
    run_outbox()
    assert (order_of(order_id).payment_method, to_collect(order_id)) == ("cod", collected)
    assert (kept(order_id), audit()) == (ZERO, [])


@pytest.mark.covers("PAY-02", "PAY-05")
def test_what_came_late_above_the_new_total_goes_back(app: Flask) -> None:
    """Less without the fee of cash than what was asked at the bank; with the fee it is more."""
    set_value(CASH_FEE, FEE)
    shirt, sock = a_variant(price=PRICE), a_variant(price=2000)
    ids, order_id = (shirt.id, sock.id), an_order_id(shirt, sock, payment="card")
    first = begun(order_id)
    edit(order_id, {ids[0]: 1})
    act(pay_another_way, order_of(order_id), "cod")
    assert charge(order_id, first) == "paid"
    run_outbox()
    order = order_of(order_id)
    assert (order.payment_method, order.payment_fee, order.payment_standing) == ("card", ZERO, PaymentStanding.PAID)
    assert [one.excess for one in rows(refunds_of(order_id))] == [Money(2000)]
    assert (kept(order_id), audit()) == (order.total, [])


@pytest.mark.covers("PAY-02", "INV-03")
def test_late_money_without_the_fee_of_cash_takes_an_order_on_again_as_paid(app: Flask) -> None:
    set_value(CASH_FEE, FEE)
    order_id = an_order_id(a_variant(price=PRICE), payment="card")
    first = begun(order_id)
    ask_for_parts()
    act(pay_another_way, order_of(order_id), "cod")
    with unit_of_work():
        db.session.get_one(Order, order_id).unpaid_until = now()
    assert expire_order(order_id)
    assert charge(order_id, first) == "paid"
    run_outbox()
    order = order_of(order_id)
    assert (order.state, order.payment_standing, order.payment_method) == (
        OrderState.CONFIRMED,
        PaymentStanding.PAID,
        "card",
    )
    assert (order.total, audit()) == (Money(PRICE), [])


@pytest.mark.covers("ORD-07", "PAY-06")
def test_cash_that_was_asked_for_before_does_not_count_as_given_up(app: Flask) -> None:
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt)
    act(pay_another_way, order_of(order_id), "card")
    pay(order_id)
    edit(order_id, {variant_id: 2})
    assert (order_of(order_id).payment_standing, audit()) == (PaymentStanding.PENDING, [])


@pytest.mark.covers("ORD-05", "PAY-02")
def test_the_buyer_reads_what_came_and_what_the_courier_gets(client: ShopClient) -> None:
    order_id, first = dearer_in_cash("confirmed", "packed")
    charge(order_id, first)
    page = words(client.get(f"/order/{order_of(order_id).token}"))
    assert "₹1,499 paid, ₹1,499 to the courier" in page
    assert "Pay now" not in page


@pytest.mark.covers("ORD-07", "PAY-05")
def test_nothing_goes_back_for_lines_while_the_rest_is_missing(app: Flask) -> None:
    """It would stand as partly refunded and be packed with the rest unpaid."""
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card")
    pay(order_id)
    edit(order_id, {variant_id: 2})
    wanted = Wanted("Faded", {order_of(order_id).lines[0].id: 1})
    with pytest.raises(RestStillDue):
        act(refund, order_of(order_id), wanted, OWNER)
    with pytest.raises(RestUnpaid):
        step(order_id, "packed")
    pay(order_id)
    act(refund, order_of(order_id), wanted, OWNER)
    run_outbox()
    assert (kept(order_id), audit()) == (Money(PRICE), [])
