"""What buyers read about their orders. Facts are asserted, not wording."""

import pytest
from flask import Flask

from shop.aftersales import services as aftersales
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.models import Parcel
from shop.lib.actor import SYSTEM
from shop.lib.events import emit
from shop.orders.events import OrderOutForDelivery, OrderPlaced
from shop.orders.models import Order
from tests.checkout.buying import an_order, an_order_id, pay
from tests.factories import a_variant
from tests.notifications.letterbox import html, mail, mails, sends, text
from tests.support.outbox import happen, run_outbox


def a_parcel_out(order: Order) -> int:
    """The id of the order's parcel, on its way to the buyer's door."""
    fulfilment.confirm_order(order, SYSTEM)
    parcel = fulfilment.pack_order(order, SYSTEM)
    fulfilment.ship_parcel(parcel, "Blue Dart", "BD4711", SYSTEM)
    fulfilment.send_out(parcel, SYSTEM)
    db.session.commit()
    return parcel.id


def read(parcel_id: int) -> Parcel:
    return db.session.get_one(Parcel, parcel_id)


def code_of(parcel_id: int) -> str:
    return read(parcel_id).otp or ""


@pytest.mark.covers("NOT-01", "ORD-02")
def test_buyer_reads_lines_sums_address_and_a_link_to_the_order(app: Flask) -> None:
    order = an_order(a_variant(name="Loom tee", price=99900), quantity=2)
    number, token = order.number, order.token
    run_outbox()
    message = mail("order_placed")
    assert message["To"] == "asha@example.com"
    assert number in message["Subject"]
    for words in (text(message), html(message)):
        assert "Loom tee" in words
        assert "₹1,998" in words
        assert "560001" in words
        assert f"http://localhost/order/{token}" in words


@pytest.mark.covers("NOT-01")
def test_cash_buyer_is_told_to_keep_cash_ready_and_card_buyer_to_pay(app: Flask) -> None:
    an_order(a_variant(price=199900), payment="cod")
    run_outbox()
    assert "₹1,999 ready" in text(mail("order_placed"))
    an_order(a_variant(price=199900), payment="card")
    run_outbox()
    assert "waiting for your payment" in text(mails("order_placed")[1])


@pytest.mark.covers("NOT-01", "ORD-05")
def test_each_step_of_delivery_is_mailed(app: Flask) -> None:
    order = an_order()
    parcel = a_parcel_out(order)
    code = code_of(parcel)
    run_outbox()
    fulfilment.deliver_parcel(read(parcel), SYSTEM, otp=code)
    run_outbox()
    kinds = [send.template.removeprefix("order_") for send in sends()]
    assert kinds == ["placed", "confirmed", "shipped", "invoice", "out_for_delivery", "delivered"]
    assert "BD4711" in text(mail("order_shipped"))
    assert code in text(mail("order_out_for_delivery"))
    assert code in html(mail("order_out_for_delivery"))


@pytest.mark.covers("ORD-05")
def test_delivery_code_never_stands_in_the_log_or_the_outbox(app: Flask) -> None:
    parcel = a_parcel_out(an_order())
    run_outbox()
    (send,) = [send for send in sends() if send.template == "order_out_for_delivery"]
    assert (send.text, send.html) == (None, None)
    assert code_of(parcel) not in f"{send.subject}{send.about}{send.message_id}"


@pytest.mark.covers("ORD-05")
def test_new_code_is_mailed_and_the_same_code_only_once(app: Flask) -> None:
    order = an_order()
    parcel, order_id = a_parcel_out(order), order.id
    run_outbox()
    happen(OrderOutForDelivery(order_id))
    assert len(mails("order_out_for_delivery")) == 1
    fulfilment.renew_code(read(parcel), SYSTEM)
    run_outbox()
    assert code_of(parcel) in text(mails("order_out_for_delivery")[1])


@pytest.mark.covers("ORD-05")
def test_no_code_is_mailed_after_the_parcel_was_handed_over(app: Flask) -> None:
    order = an_order()
    fulfilment.deliver_parcel(read(a_parcel_out(order)), SYSTEM, override_reason="Known at the door")
    run_outbox()
    assert mails("order_out_for_delivery") == []
    assert len(mails("order_delivered")) == 1


@pytest.mark.covers("NOT-01")
def test_every_failed_delivery_is_mailed(app: Flask) -> None:
    parcel_id = a_parcel_out(an_order())
    for _ in range(2):
        fulfilment.fail_delivery(read(parcel_id), "Nobody at home", SYSTEM)
        run_outbox()
        fulfilment.send_out(read(parcel_id), SYSTEM)
        run_outbox()
    assert len(mails("order_delivery_failed")) == 2
    assert len(mails("order_out_for_delivery")) == 2


@pytest.mark.covers("NOT-01", "ORD-06")
def test_cancelled_and_refunded_buyer_reads_reason_amount_and_card(app: Flask) -> None:
    order_id = an_order_id(a_variant(price=199900), payment="card")
    pay(order_id)
    aftersales.cancel_order(db.session.get_one(Order, order_id), SYSTEM, "Torn in the store")
    run_outbox()
    assert "Torn in the store" in text(mail("order_cancelled"))
    assert "goes back" in text(mail("order_cancelled"))
    refunded = text(mail("order_refunded"))
    assert "₹1,999" in refunded
    assert "4242" in refunded


@pytest.mark.covers("NOT-01")
def test_unpaid_cancelled_order_promises_no_refund(app: Flask) -> None:
    aftersales.cancel_order(an_order(), SYSTEM)
    run_outbox()
    assert "goes back" not in text(mail("order_cancelled"))


@pytest.mark.covers("NOT-01")
def test_returned_parcel_is_mailed(app: Flask) -> None:
    order_id = (order := an_order()).id
    parcel = read(a_parcel_out(order))
    fulfilment.fail_delivery(parcel, "Refused", SYSTEM)
    fulfilment.start_return(parcel, SYSTEM)
    aftersales.receive_back(db.session.get_one(Order, order_id), SYSTEM)
    run_outbox()
    assert "came back" in text(mail("order_returned"))


def test_buyers_words_are_never_markup(app: Flask) -> None:
    order = an_order()
    order.name = order.address["name"] = "<img src=x onerror=alert(1)>"
    run_outbox()
    assert "<img" not in html(mail("order_placed"))


def test_event_emitted_twice_mails_once(app: Flask) -> None:
    order_id = an_order_id()
    run_outbox()
    emit(OrderPlaced(order_id))
    run_outbox()
    assert len(mails("order_placed")) == 1
    assert len(sends()) == 1
