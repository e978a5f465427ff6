"""A provider that answers late, twice, never, or of another payment: no order is paid that was not (PAY-02)."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from shop.checkout.services import expire_unpaid, finish_payment, reconcile, start_payment
from shop.extensions import db
from shop.lib.clock import now
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.errors import AmountMismatch, GatewayAway
from shop.payments.gateways.base import IntentStatus
from shop.payments.models import Payment, PaymentEntry
from tests.checkout.buying import an_order_id
from tests.conftest import IS_LONG
from tests.payments.banks import Bank
from tests.support.outbox import run_outbox

LIES = ("amount", "currency", "order")
UNPAID, PAID, GIVEN_UP = ("placed", "pending", 0), ("confirmed", "paid", 1), ("cancelled", "cancelled", 0)
pytestmark = pytest.mark.one_engine


@pytest.fixture
def there(bank: Bank, make_shop: Callable[..., Flask]) -> Iterator[Bank]:
    """A provider, and a shop with its keys in a pushed context."""
    with make_shop(**bank.keys).app_context():
        yield bank


def sent_to(bank: Bank) -> tuple[int, str]:
    """An order whose buyer stands at the provider, and the reference of its payment."""
    order_id = an_order_id(payment=bank.method)
    db.session.rollback()
    start_payment(order_id)
    reference = db.session.scalars(select(Payment.reference)).one()
    db.session.rollback()
    return order_id, reference or ""


def standing(order_id: int) -> tuple[str, str, int]:
    """How an order stands, and how often money was noted for it."""
    db.session.rollback()
    order = db.session.get_one(Order, order_id, populate_existing=True)
    found = order.state, order.payment_standing, db.session.scalar(select(func.count(PaymentEntry.id))) or 0
    db.session.rollback()
    return found


def time_passes(minutes: int) -> None:
    """The clock asks again, and gives up on what is still unpaid."""
    with time_machine.travel(now() + timedelta(minutes=minutes)):
        reconcile()
        expire_unpaid()
        run_outbox()


@pytest.mark.covers("PAY-02")
def test_an_answer_that_comes_late_and_then_twice_pays_once(there: Bank) -> None:
    order_id, reference = sent_to(there)
    there.begin(reference)
    assert finish_payment(order_id) == "pending"
    assert standing(order_id) == UNPAID
    there.finish(reference)
    assert [finish_payment(order_id), finish_payment(order_id)] == ["paid", "paid"]
    time_passes(40)
    assert standing(order_id) == PAID
    assert audit() == []


@pytest.mark.covers("PAY-02")
def test_an_answer_that_never_comes_pays_nothing(there: Bank) -> None:
    order_id, reference = sent_to(there)
    there.be_silent(reference)
    with suppress(GatewayAway):
        finish_payment(order_id)
    assert standing(order_id) == UNPAID
    time_passes(60 * 25)
    assert standing(order_id) == GIVEN_UP
    assert audit() == []


@pytest.mark.covers("PAY-02")
@pytest.mark.parametrize("lie", LIES)
def test_an_answer_about_another_payment_pays_nothing(there: Bank, lie: str) -> None:
    order_id, reference = sent_to(there)
    there.pay(reference)
    there.lie(reference, lie)
    with pytest.raises(AmountMismatch):
        finish_payment(order_id)
    assert standing(order_id) == UNPAID
    time_passes(40)
    assert standing(order_id) == GIVEN_UP
    assert audit() == []


class Whatever:
    """The control: terms that are always what was asked for."""

    __hash__ = None

    def __eq__(self, _other: object) -> bool:
        return True


@pytest.mark.control
@pytest.mark.parametrize("lie", LIES if IS_LONG else LIES[:1])
def test_control_without_a_look_at_its_terms_another_payment_pays(
    there: Bank, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    monkeypatch.setattr(IntentStatus, "terms", Whatever())
    order_id, reference = sent_to(there)
    there.pay(reference)
    there.lie(reference, lie)
    assert finish_payment(order_id) == "paid"
