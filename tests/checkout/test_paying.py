"""Paying at the bank, and what follows from what it says."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from shop.aftersales.services import cancel_order
from shop.checkout.errors import NothingToPay
from shop.checkout.services import expire_unpaid, finish_payment, pay_another_way, start_payment
from shop.checkout.services.paying import settle
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.errors import AmountMismatch
from shop.payments.gateways.base import IntentStatus
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment, Refund, SandboxIntent
from shop.payments.states import PaymentState
from shop.stock.models import StockLevel
from tests.checkout.buying import CARD_OK, CARD_REFUSED, CARD_SILENT, an_order_id, pay
from tests.factories import a_variant
from tests.fulfilment.walk import order_of
from tests.support.outbox import run_outbox


@pytest.mark.covers("PAY-02")
def test_a_card_that_succeeds_confirms_the_order(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    assert pay(order_id) == PaymentState.PAID
    order = order_of(order_id)
    assert (order.state, order.payment_standing) == (OrderState.CONFIRMED, PaymentStanding.PAID)
    assert order.unpaid_until is None
    assert audit() == []


@pytest.mark.covers("PAY-04")
def test_of_a_card_only_brand_and_last_four_are_kept(app: Flask) -> None:
    pay(an_order_id(payment="card"))
    payment = db.session.scalars(select(Payment)).one()
    assert (payment.brand, payment.last_four) == ("Test card", "4242")


@pytest.mark.covers("PAY-02")
def test_a_refused_card_leaves_the_order_to_be_paid_another_way(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    assert pay(order_id, CARD_REFUSED) == PaymentState.FAILED
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), "upi")
    intent = start_payment(order_id).removeprefix("/bank/")
    with unit_of_work():
        bank.pay_upi(intent, "success@sandbox")
    assert finish_payment(order_id) == PaymentState.PAID
    assert order_of(order_id).payment_standing == PaymentStanding.PAID
    assert audit() == []


def test_going_to_the_bank_twice_opens_one_intent(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    assert start_payment(order_id) == start_payment(order_id)
    assert len(db.session.scalars(select(SandboxIntent)).all()) == 1


def test_asking_the_bank_twice_captures_once(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    pay(order_id)
    finish_payment(order_id)
    assert audit() == []


@pytest.mark.covers("PAY-02")
def test_a_silent_bank_leaves_the_order_waiting(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    assert pay(order_id, CARD_SILENT) == PaymentState.PENDING
    assert order_of(order_id).state == OrderState.PLACED


def test_cash_orders_have_nothing_to_pay_at_the_bank(app: Flask) -> None:
    order_id = an_order_id(payment="cod")
    with pytest.raises(NothingToPay):
        start_payment(order_id)


def test_a_bank_that_reports_another_amount_is_not_believed(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    start_payment(order_id)
    payment = db.session.scalars(select(Payment)).one()
    payment_id, (amount, currency, key) = payment.id, payment.terms
    db.session.rollback()
    for terms in ((Money(1), currency, key), (amount, "BDT", key), (amount, currency, "TS-2026-0099-1")):
        with pytest.raises(AmountMismatch), unit_of_work():
            settle(order_id, payment_id, IntentStatus("succeeded", *terms))
    assert order_of(order_id).payment_standing == PaymentStanding.PENDING


@pytest.mark.covers("INV-03")
def test_an_unpaid_order_gives_its_goods_back_when_its_time_is_over(app: Flask) -> None:
    variant_id = (variant := a_variant(units=3)).id
    order_id = an_order_id(variant, payment="card")
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert expire_unpaid() == 1
    assert order_of(order_id).state == OrderState.CANCELLED
    assert db.session.get_one(StockLevel, variant_id).for_sale == 3
    assert audit() == []


@pytest.mark.covers("INV-03")
def test_an_order_is_not_given_up_a_minute_early(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    with time_machine.travel(now() + timedelta(minutes=29)):
        assert expire_unpaid() == 0
    assert order_of(order_id).state == OrderState.PLACED


def test_a_bank_that_took_the_money_silently_saves_the_order_from_expiry(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    pay(order_id, CARD_SILENT)
    intent = db.session.scalars(select(SandboxIntent.id)).one()
    db.session.rollback()
    with unit_of_work():
        bank.settle_silent(intent)
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert expire_unpaid() == 0
    assert order_of(order_id).state == OrderState.CONFIRMED


@pytest.mark.covers("ORD-06", "PAY-05")
def test_a_paid_order_that_is_cancelled_is_refunded_through_the_bank(app: Flask) -> None:
    variant_id = (variant := a_variant(units=4)).id
    order_id = an_order_id(variant, payment="card")
    pay(order_id)
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM, "Changed my mind")
    run_outbox()
    order = order_of(order_id)
    assert (order.state, order.payment_standing) == (OrderState.CANCELLED, PaymentStanding.REFUNDED)
    assert db.session.scalars(select(SandboxIntent)).one().refunded == order.total
    assert db.session.get_one(StockLevel, variant_id).for_sale == 4
    assert audit() == []


def test_money_that_comes_after_the_cancellation_goes_back(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    pay(order_id, CARD_SILENT)
    intent = db.session.scalars(select(SandboxIntent.id)).one()
    db.session.rollback()
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM)
    with unit_of_work():
        bank.settle_silent(intent)
    finish_payment(order_id)
    run_outbox()
    assert order_of(order_id).payment_standing == PaymentStanding.REFUNDED
    assert audit() == []


def at_the_bank(order_id: int) -> str:
    db.session.rollback()
    return start_payment(order_id).removeprefix("/bank/")


def choose(order_id: int, method: str) -> None:
    db.session.rollback()
    with unit_of_work():
        pay_another_way(db.session.get_one(Order, order_id), method)


def pay_at(intent: str) -> str:
    db.session.rollback()
    with unit_of_work():
        return bank.pay_card(intent, CARD_OK)


@pytest.mark.covers("PAY-02")
def test_the_bank_takes_no_money_for_a_way_the_buyer_turned_away_from(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    left = at_the_bank(order_id)
    choose(order_id, "cod")
    run_outbox()
    assert pay_at(left) == "failed"
    assert order_of(order_id).payment_method == "cod"


@pytest.mark.covers("PAY-02")
def test_money_paid_just_before_turning_to_cash_pays_the_order(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    left = at_the_bank(order_id)
    pay_at(left)
    choose(order_id, "cod")
    run_outbox()
    order = order_of(order_id)
    assert (order.state, order.payment_standing) == (OrderState.CONFIRMED, PaymentStanding.PAID)
    assert order.payment_method == "card"
    assert audit() == []


@pytest.mark.covers("PAY-02")
def test_what_was_paid_twice_at_the_bank_goes_back_once(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    first = at_the_bank(order_id)
    pay_at(first)
    choose(order_id, "card")
    second = at_the_bank(order_id)
    pay_at(second)
    finish_payment(order_id)
    run_outbox()
    db.session.rollback()
    given_back = {intent.id: bool(intent.refunded) for intent in db.session.scalars(select(SandboxIntent))}
    assert given_back == {first: True, second: False}
    assert order_of(order_id).payment_standing == PaymentStanding.PAID
    assert audit() == []


@pytest.mark.covers("PAY-02", "PAY-05")
def test_what_went_back_at_the_bank_is_not_taken_again_when_the_order_is_cancelled(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    pay_at(at_the_bank(order_id))
    choose(order_id, "card")
    pay_at(at_the_bank(order_id))
    finish_payment(order_id)
    run_outbox()
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM)
    run_outbox()
    surplus = db.session.scalars(select(Payment.id).order_by(Payment.id)).first()
    db.session.rollback()
    finish_payment(order_id, surplus)
    run_outbox()
    assert [refund.state for refund in db.session.scalars(select(Refund))] == ["done"]
    assert order_of(order_id).payment_standing == PaymentStanding.REFUNDED
    assert audit() == []


@pytest.mark.covers("PAY-02")
def test_an_order_that_ran_out_of_time_cannot_be_paid_any_more_or_gives_back(app: Flask) -> None:
    late, just_paid = an_order_id(payment="card"), an_order_id(payment="card")
    intents = [at_the_bank(late), at_the_bank(just_paid)]
    with time_machine.travel(now() + timedelta(hours=1)):
        with unit_of_work():
            cancel_order(db.session.get_one(Order, just_paid), SYSTEM)
        pay_at(intents[1])
        expire_unpaid()
        run_outbox()
        assert pay_at(intents[0]) == "failed"
        run_outbox()
    assert order_of(just_paid).payment_standing == PaymentStanding.REFUNDED
    assert order_of(late).payment_standing == PaymentStanding.CANCELLED
    assert audit() == []
