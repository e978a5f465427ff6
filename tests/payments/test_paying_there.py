"""Orders paid at Stripe and at PayPal, from the checkout to the money that goes back."""

import contextvars
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, current_app
from sqlalchemy import select
from werkzeug.serving import make_server

from shop.aftersales.services import cancel_order
from shop.checkout.services import finish_payment, start_payment
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.errors import AmountMismatch
from shop.payments.models import Payment, WebhookEvent
from tests.checkout.buying import an_order_id
from tests.support.outbox import run_outbox
from tests.support.paypal import PayPalDouble
from tests.support.stripe import CARD_ASKS, CARD_REFUSED, LocalStripe

pytestmark = pytest.mark.one_engine


@pytest.fixture
def paypal(make_shop: Callable[..., Flask]) -> Iterator[PayPalDouble]:
    """PayPal, and a shop with its keys in a pushed context."""
    with PayPalDouble() as there, make_shop(**there.settings).app_context():
        yield there


@pytest.fixture
def stripe(make_shop: Callable[..., Flask], local_stripe: LocalStripe) -> Iterator[LocalStripe]:
    """Stripe, and a shop with its keys in a pushed context."""
    with make_shop(**local_stripe.settings).app_context():
        yield local_stripe


def sent_to_the_bank(method: str) -> tuple[int, str]:
    """An order, and the reference of its payment."""
    order_id = an_order_id(payment=method)
    db.session.rollback()
    assert start_payment(order_id).startswith("https://")
    return order_id, payment().reference or ""


def payment() -> Payment:
    db.session.rollback()
    return db.session.scalars(select(Payment)).one()


def cancel(order_id: int) -> None:
    db.session.rollback()
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM)
    db.session.rollback()


def standing(order_id: int) -> tuple[str, str]:
    db.session.rollback()
    order = db.session.get_one(Order, order_id, populate_existing=True)
    return order.state, order.payment_standing


@pytest.mark.covers("PAY-02")
def test_what_is_agreed_at_paypal_is_taken_and_goes_back_with_the_order(paypal: PayPalDouble) -> None:
    order_id, reference = sent_to_the_bank("paypal")
    db.session.rollback()
    assert finish_payment(order_id) == "pending"
    paypal.agree(reference)
    assert (finish_payment(order_id), finish_payment(order_id)) == ("paid", "paid")
    assert standing(order_id) == ("confirmed", "paid")
    cancel(order_id)
    run_outbox()
    assert standing(order_id) == ("cancelled", "refunded")
    assert [one["amount"]["value"] for one in paypal.given_back(reference)] == [payment().amount.plain]
    assert paypal.tokens == 1
    assert audit() == []


@pytest.mark.covers("PAY-02")
@pytest.mark.parametrize("lie", [{"value": "1.00"}, {"currency_code": "USD"}])
def test_paypal_is_not_told_to_take_another_amount(paypal: PayPalDouble, lie: dict[str, str]) -> None:
    order_id, reference = sent_to_the_bank("paypal")
    paypal.agree(reference)
    paypal.orders[reference]["purchase_units"][0]["amount"] |= lie
    db.session.rollback()
    with pytest.raises(AmountMismatch):
        finish_payment(order_id)
    assert paypal.orders[reference]["status"] == "APPROVED"
    assert standing(order_id) == ("placed", "pending")


@pytest.mark.covers("PAY-02")
def test_paypal_is_not_told_to_take_money_for_what_is_cancelled(paypal: PayPalDouble) -> None:
    order_id, reference = sent_to_the_bank("paypal")
    cancel(order_id)
    paypal.agree(reference)
    run_outbox()
    assert finish_payment(order_id) == "cancelled"
    assert paypal.orders[reference]["status"] == "APPROVED"


@pytest.mark.covers("PAY-02")
def test_a_card_that_paypal_declines_leaves_the_order_to_be_paid_another_way(paypal: PayPalDouble) -> None:
    order_id, reference = sent_to_the_bank("paypal")
    paypal.agree(reference)
    paypal.declines = True
    db.session.rollback()
    assert finish_payment(order_id) == "failed"
    assert payment().failure == "PayPal declined the payment."
    assert standing(order_id) == ("placed", "failed")


@pytest.mark.covers("PAY-02", "PAY-04")
def test_a_card_at_stripe_is_taken_after_its_second_step_and_known_by_its_end(stripe: LocalStripe) -> None:
    order_id, reference = sent_to_the_bank("card")
    assert not stripe.pay(reference, CARD_REFUSED)
    db.session.rollback()
    assert finish_payment(order_id) == "pending"
    assert stripe.pay(reference, CARD_ASKS)
    assert finish_payment(order_id) == "pending"
    assert stripe.authenticate(reference)
    assert finish_payment(order_id) == "paid"
    assert (payment().provider, payment().brand, payment().last_four) == ("stripe", "visa", "3220")
    cancel(order_id)
    run_outbox()
    assert standing(order_id) == ("cancelled", "refunded")
    assert audit() == []


@pytest.mark.covers("PAY-02")
def test_the_checkouts_forms_may_end_at_the_banks_own_page(stripe: LocalStripe) -> None:
    order_id, _reference = sent_to_the_bank("card")
    db.session.rollback()
    token = db.session.get_one(Order, order_id).token
    answer = current_app.test_client().get(f"/order/{token}/payment")
    assert "form-action 'self' https://checkout.stripe.com;" in answer.headers["Content-Security-Policy"]


@pytest.mark.covers("PAY-02")
def test_stripes_page_of_what_is_cancelled_is_closed(stripe: LocalStripe) -> None:
    order_id, reference = sent_to_the_bank("card")
    cancel(order_id)
    run_outbox()
    assert not stripe.pay(reference)
    assert standing(order_id) == ("cancelled", "cancelled")


@pytest.mark.covers("PAY-03")
def test_stripe_itself_tells_the_shop_that_its_page_was_paid(stripe: LocalStripe) -> None:
    order_id, reference = sent_to_the_bank("card")
    with serving(current_app._get_current_object()) as address:  # type: ignore[attr-defined]
        stripe.tell(f"{address}/webhooks/stripe")
        assert stripe.pay(reference)
        wait_until(lambda: reference in told_about())
    run_outbox()
    assert standing(order_id) == ("confirmed", "paid")
    assert set(told_about().values()) == {"followed", "unknown"}


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The app at an address of this machine, for one asker after the other."""
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=contextvars.Context().run, args=[server.serve_forever], daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def told_about() -> dict[str | None, str]:
    """What came of the events there are, by what they are about."""
    db.session.rollback()
    found = {event.reference: event.state for event in db.session.scalars(select(WebhookEvent))}
    db.session.rollback()
    return found
