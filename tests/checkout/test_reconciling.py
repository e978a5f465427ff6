"""What a lost webhook, a closed window or a provider that was away left undone is found by the clock."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from shop.aftersales.services import cancel_order
from shop.checkout.services import expire_unpaid, reconcile
from shop.extensions import db
from shop.lib import outbox
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment, Refund, SandboxIntent
from shop.store.models import SettingValue
from shop.store.settings import RECONCILE_MINUTES
from tests.checkout.buying import CARD_SILENT, an_order_id, pay
from tests.checkout.test_webhooks import at_the_bank, books, events, use_card
from tests.support.outbox import run_outbox
from tests.support.settings import shows


def later(minutes: int) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(minutes=minutes))


def write(statement: object) -> None:
    db.session.rollback()
    with unit_of_work():
        db.session.execute(statement)  # type: ignore[call-overload]


@pytest.mark.covers("PAY-03")
@shows(RECONCILE_MINUTES)
def test_a_payment_nobody_told_of_is_found_after_as_long_as_the_owner_says(app: Flask) -> None:
    use_card(at_the_bank(order_id := an_order_id(payment="card")))
    with unit_of_work():
        db.session.add(SettingValue(key=RECONCILE_MINUTES.key, value=20))
    with later(19):
        assert reconcile() == 0
    with later(21):
        assert (reconcile(), reconcile()) == (1, 0)
    assert books(order_id)[:2] == ("confirmed", "paid")
    assert audit() == []


@pytest.mark.covers("PAY-02", "PAY-03")
def test_what_the_sandbox_bank_tells_nobody_is_found_by_asking(app: Flask) -> None:
    use_card(intent := at_the_bank(order_id := an_order_id(payment="card")), CARD_SILENT)
    with unit_of_work():
        bank.settle_silent(intent)
    run_outbox()
    assert (events(intent), books(order_id)[0]) == ([], "placed")
    with later(20):
        reconcile()
    assert books(order_id)[:2] == ("confirmed", "paid")


@pytest.mark.covers("PAY-03")
def test_cash_and_what_never_went_to_a_bank_is_not_asked_for(app: Flask) -> None:
    an_order_id(payment="cod")
    an_order_id(payment="card")
    with later(25):
        assert reconcile() == 0


@pytest.mark.covers("PAY-03", "PAY-05")
def test_a_refund_whose_tries_are_used_up_is_asked_for_again_and_made_once(app: Flask) -> None:
    pay(order_id := an_order_id(payment="card"))
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM)
    write(update(OutboxEvent).where(OutboxEvent.event == "RefundOwed").values(dead_at=now()))
    with later(11):
        assert (reconcile(), reconcile()) == (1, 0)
        run_outbox()
        assert reconcile() == 0
    assert [refund.state for refund in db.session.scalars(select(Refund))] == ["done"]
    assert books(order_id)[1:] == ("refunded", "card", 0, 0)
    assert audit() == []


@pytest.mark.covers("PAY-02")
@pytest.mark.parametrize("lie", [{"amount": 1}, {"currency": "BDT"}, {"idempotency_key": "TS-2026-9999-1"}])
def test_another_amount_currency_or_order_is_never_paid_and_stops_nobody_else(app: Flask, lie: dict) -> None:
    use_card(wrong := at_the_bank(cheated := an_order_id(payment="card")))
    use_card(at_the_bank(honest := an_order_id(payment="card")))
    write(update(SandboxIntent).where(SandboxIntent.id == wrong).values(**lie))
    with later(11):
        assert reconcile() == 2
    assert books(cheated)[:2] == ("placed", "pending")
    assert books(honest)[:2] == ("confirmed", "paid")
    with later(31):
        expire_unpaid()
    assert books(cheated)[:2] == ("cancelled", "cancelled")
    assert audit() == []


@pytest.mark.covers("PAY-02")
def test_while_the_bank_is_away_an_order_waits_for_it_but_not_for_ever(app: Flask) -> None:
    lost, well = an_order_id(payment="card"), an_order_id(payment="card")
    for order_id in (lost, well):
        at_the_bank(order_id)
    write(update(Payment).where(Payment.order_id == lost).values(provider="stripe"))
    with later(31):
        assert expire_unpaid() == 1
    assert (books(lost)[0], books(well)[0]) == ("placed", "cancelled")
    with later(60 * 25):
        assert expire_unpaid() == 1
    assert books(lost)[0] == "cancelled"


@pytest.mark.covers("PAY-02")
def test_a_bank_that_answers_late_is_believed_then(app: Flask) -> None:
    pay(order_id := an_order_id(payment="card"), CARD_SILENT)
    with later(11):
        assert reconcile() == 1
        assert books(order_id)[:2] == ("placed", "pending")
        write(update(SandboxIntent).values(state="succeeded"))
        assert reconcile() == 1
    assert books(order_id)[:2] == ("confirmed", "paid")
    assert outbox.relay_once() > 0
