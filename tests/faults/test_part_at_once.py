"""The part before cash is paid while somebody taps twice, cancels, or the clock gives the order up (PAY-01, PAY-02)."""

import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.aftersales.services import cancel_order
from shop.checkout.services import expire_order, finish_payment, pay_another_way
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.services import move_order
from shop.orders.states import OrderState
from shop.payments import queries, refunds
from shop.payments import services as payment_services
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment, SandboxIntent
from shop.stock import services as stock
from tests.checkout.buying import CARD_OK, pay, tenders
from tests.checkout.in_parts import PART, REST, an_order_in_parts, ask_for_parts, begun, stands
from tests.support.barrier import all_at_once
from tests.support.outbox import run_outbox

TAPS, ROUNDS, CONTROL_ROUNDS = 4, 4, 20
A_WHILE = 0.3
"""Seconds between the look of a control and what it does: long enough for the bank's word to come in between."""
pytestmark = pytest.mark.faults
Act = Callable[[int], object]


def order_of(order_id: int) -> Order:
    return db.session.get_one(Order, order_id)


def tap(order_id: int) -> None:
    with unit_of_work():
        pay_another_way(order_of(order_id), "cod", "card")


def look_then_tap(order_id: int) -> None:
    """The control: counts the payments first and opens one later."""
    with unit_of_work(read_only=True):
        attempt = len(rows(queries.payments_of(order_id))) + 1
    with unit_of_work():
        payment_services.cancel_open_payments(order_of(order_id))
        payment_services.open_payment(order_of(order_id), "card", Money(PART), attempt)


def cancel(order_id: int) -> None:
    with unit_of_work():
        cancel_order(order_of(order_id), SYSTEM)


def look_then_cancel(order_id: int) -> None:
    """The control: sees that nothing came in, and gives nothing back."""
    with unit_of_work(read_only=True):
        is_paid = bool(queries.captured(order_id))
    time.sleep(A_WHILE)
    with unit_of_work():
        give_up(order_id)
        if is_paid:
            refunds.refund_all(order_of(order_id), "Cancelled", SYSTEM)


def look_then_expire(order_id: int) -> None:
    """The control: a clock that does not look again."""
    with unit_of_work(read_only=True):
        is_late = order_of(order_id).state == OrderState.PLACED
    time.sleep(A_WHILE)
    if is_late:
        with unit_of_work():
            give_up(order_id)
            refunds.refund_all(order_of(order_id), "Not paid in time", SYSTEM)


def give_up(order_id: int) -> None:
    move_order(order_of(order_id), OrderState.CANCELLED, SYSTEM, "Not paid in time", unpaid_until=None)
    stock.release(order_id)
    payment_services.cancel_open_payments(order_of(order_id))


def an_order_the_bank_took_a_part_of() -> tuple[int, int]:
    """Order and payment, of which the shop has not heard yet."""
    order_id = an_order_in_parts()
    payment_id = begun(order_id)
    with unit_of_work():
        bank.pay_card(db.session.get_one(Payment, payment_id).reference or "", CARD_OK)
    return order_id, payment_id


def told_while(app: Flask, act: Callable[[int], object]) -> int:
    """The bank's webhook and the return page tell of a part, while something else happens to its order."""
    order_id, payment_id = an_order_the_bank_took_a_part_of()
    with unit_of_work():
        order_of(order_id).unpaid_until = now()
    acts: list[Act] = [lambda _n: finish_payment(order_id, payment_id), lambda _n: act(order_id)]
    all_at_once(app, lambda number: acts[number % 2](number), TAPS)
    db.session.rollback()
    finish_payment(order_id, payment_id)
    run_outbox()
    return order_id


def given_back(order_id: int) -> int:
    references = select(Payment.reference).where(Payment.order_id == order_id)
    found = db.session.scalar(select(func.sum(SandboxIntent.refunded)).where(SandboxIntent.id.in_(references)))
    db.session.rollback()
    return found.minor if found else 0


@pytest.mark.covers("PAY-01", "PAY-02")
def test_however_often_a_part_is_asked_for_one_payment_is_open_and_the_bank_is_paid_once(app: Flask) -> None:
    ask_for_parts()
    for _ in range(ROUNDS):
        order_id = an_order_in_parts()
        assert all_at_once(app, lambda _n, id=order_id: tap(id), TAPS) == [None] * TAPS
        assert [state for _, state, _ in tenders(order_id)].count("pending") == 1
        pay(order_id)
        assert tenders(order_id)[-2:] == [("card", "paid", PART), ("cod", "pending", REST)]
    assert audit() == []


@pytest.mark.control
def test_control_counting_payments_before_opening_one_fails_somebody(app: Flask) -> None:
    ask_for_parts()
    told = [
        all_at_once(app, lambda _n, id=order_id: look_then_tap(id), TAPS)
        for order_id in [an_order_in_parts() for _ in range(ROUNDS)]
    ]
    assert any(one is not None for answers in told for one in answers)


@pytest.mark.covers("ORD-06", "PAY-02")
def test_a_part_that_comes_while_the_order_is_cancelled_goes_back_once(app: Flask) -> None:
    ask_for_parts()
    for _ in range(ROUNDS):
        order_id = told_while(app, cancel)
        assert (stands(order_id), given_back(order_id)) == (("cancelled", "refunded", "cod"), PART)
    assert audit() == []


@pytest.mark.control
def test_control_a_cancellation_that_looked_before_keeps_a_part(app: Flask) -> None:
    ask_for_parts()
    assert any(given_back(told_while(app, look_then_cancel)) != PART for _ in range(CONTROL_ROUNDS))


@pytest.mark.covers("INV-03", "PAY-02")
def test_a_part_that_comes_while_the_clock_gives_the_order_up_takes_it_on(app: Flask) -> None:
    ask_for_parts()
    for _ in range(ROUNDS):
        order_id = told_while(app, expire_order)
        assert stands(order_id) == ("confirmed", "pending", "cod")
        assert [one for one in tenders(order_id) if one[1] == "pending"] == [("cod", "pending", REST)]
    assert audit() == []


@pytest.mark.control
def test_control_a_clock_that_does_not_look_again_gives_up_an_order_that_is_paid_in_part(app: Flask) -> None:
    ask_for_parts()
    assert any(stands(told_while(app, look_then_expire))[0] == "cancelled" for _ in range(CONTROL_ROUNDS))
