"""Payments at the owner's desk: found, refunded by line, paid out by hand."""

import re

import pytest
from sqlalchemy import select

from shop.extensions import db
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.payments import payouts
from shop.payments.models import Payment, Refund
from shop.payments.payouts import Payee
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_customer, a_variant
from tests.fulfilment.walk import order_of
from tests.staff.desk import HTMX, flashed, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

PRICE = 149900


def a_paid_order(**more) -> Order:
    """Two units of one piece, paid by card."""
    order_id = an_order_id(a_variant(price=PRICE), payment="card", quantity=2, **more)
    pay(order_id)
    return order_of(order_id)


def refund_form(client: ShopClient, number: str) -> dict[str, str]:
    """What the form holds before anything is typed: its key."""
    text = client.get(f"/staff/orders/{number}/refund").text
    found = re.search(r'name="key"[^>]*value="([^"]+)"', text)
    assert found
    return {"key": found[1], "way": "original"}


def refunds() -> list[Refund]:
    db.session.rollback()
    return list(db.session.scalars(select(Refund).order_by(Refund.id)))


@pytest.mark.covers("PAY-06")
def test_payments_are_listed_with_what_they_come_to(owner: ShopClient) -> None:
    order = a_paid_order()
    page = words(owner.get("/staff/payments"))
    assert order.number in page
    assert "Test card ···· 4242" in page
    assert "Taken" in page


@pytest.mark.covers("PAY-06")
@pytest.mark.parametrize("query", ["method=upi", "provider=cash", "status=pending", "until=2020-01-01", "q=nobody%25"])
def test_filters_leave_out_what_does_not_fit(owner: ShopClient, query: str) -> None:
    order = a_paid_order()
    page = words(owner.get(f"/staff/payments?{query}"))
    assert order.number not in page
    assert "No payment fits" in page


@pytest.mark.covers("PAY-06")
def test_payments_are_found_by_order_reference_and_upi_id(owner: ShopClient) -> None:
    order = a_paid_order()
    payment = db.session.scalars(select(Payment)).one()
    payment.upi_id = "asha@okaxis"
    reference = payment.reference or ""
    db.session.commit()
    for text in (order.number, reference[:12], "ASHA@ok"):
        assert order.number in words(owner.get("/staff/payments", query_string={"q": text}))


@pytest.mark.parametrize("query", ["status=nonsense", "since=0001-01-01", "until=9999-12-31", "page=-1", "q=%00"])
def test_an_odd_address_still_answers(owner: ShopClient, query: str) -> None:
    assert owner.get(f"/staff/payments?{query}").status_code == 200


def test_the_list_costs_the_same_for_many_payments(owner: ShopClient) -> None:
    for _ in range(3):
        an_order_id()
    with statements() as seen:
        owner.get("/staff/payments")
    assert len(seen) <= BUDGET


@pytest.mark.covers("PAY-04")
def test_a_upi_id_is_shown_masked(owner: ShopClient) -> None:
    order = a_paid_order()
    payment = db.session.scalars(select(Payment)).one()
    payment.last_four, payment.upi_id = None, "asha.rao@okaxis"
    payment_id = payment.id
    db.session.commit()
    for path in ("/staff/payments", f"/staff/payments/{payment_id}", f"/staff/orders/{order.number}"):
        text = owner.get(path).text
        assert "as····@okaxis" in text
        assert "asha.rao@okaxis" not in text


@pytest.mark.covers("PAY-05")
def test_pieces_are_refunded_by_line(owner: ShopClient) -> None:
    order = a_paid_order()
    form = refund_form(owner, order.number) | {f"units-{order.lines[0].id}": "1", "reason": "Faded"}
    there = f"/staff/orders/{order.number}/refund"
    assert owner.post(there, data=form).status_code == 303
    (refund,) = refunds()
    assert (refund.amount.minor, refund.reason, refund.lines[0].units) == (PRICE, "Faded", 1)
    assert owner.post(there, data=form).status_code == 303
    assert "not done twice" in flashed(owner)
    assert len(refunds()) == 1


@pytest.mark.covers("PAY-05")
def test_a_refund_needs_a_reason_and_loses_nothing_typed(owner: ShopClient) -> None:
    order = a_paid_order()
    name = f"units-{order.lines[0].id}"
    refused = owner.post(f"/staff/orders/{order.number}/refund", data={name: "1", "delivery": "20", "way": "original"})
    assert refused.status_code == 422
    assert "Write a short reason" in words(refused)
    assert re.search(rf'name="{name}" value="1"', refused.text)
    assert refunds() == []


@pytest.mark.parametrize("units", ["3", "-1", "0.5", "1e9", "NaN", "١"])
def test_more_pieces_than_are_left_are_refused(owner: ShopClient, units: str) -> None:
    order = a_paid_order()
    form = refund_form(owner, order.number) | {f"units-{order.lines[0].id}": units, "reason": "Faded"}
    assert owner.post(f"/staff/orders/{order.number}/refund", data=form).status_code == 409
    assert refunds() == []


def test_the_amount_is_worked_out_before_anything_is_written(owner: ShopClient) -> None:
    order = a_paid_order()
    form = {f"units-{order.lines[0].id}": "2", "way": "original"}
    there = f"/staff/orders/{order.number}/refund/amount"
    told = "₹2,998 back to where it came from: Card Test card ···· 4242"
    assert words(owner.post(there, data=form, headers=HTMX)) == told
    assert told in words(owner.post(there, data=form))
    assert refunds() == []


def test_pieces_and_an_amount_off_are_not_mixed(owner: ShopClient) -> None:
    order = a_paid_order()
    form = {f"units-{order.lines[0].id}": "1", "amount": "100", "way": "original", "reason": "Both"}
    assert "not both" in words(owner.post(f"/staff/orders/{order.number}/refund", data=form))


def test_a_guests_refund_offers_no_store_credit(owner: ShopClient) -> None:
    guest, customer = a_paid_order().number, a_paid_order(visitor=a_customer()).number
    assert "Store credit" not in words(owner.get(f"/staff/orders/{guest}/refund"))
    assert "Store credit" in words(owner.get(f"/staff/orders/{customer}/refund"))


@pytest.mark.covers("PAY-06")
def test_the_status_of_cash_is_set_by_hand_and_of_nothing_else(owner: ShopClient) -> None:
    a_paid_order()
    an_order_id()
    card, cash = (payment.id for payment in db.session.scalars(select(Payment).order_by(Payment.id)))
    assert owner.post(f"/staff/payments/{cash}/status", data={"status": "paid"}).status_code == 303
    owner.post(f"/staff/payments/{card}/status", data={"status": "cancelled"})
    assert "Only payments in cash are set by hand" in flashed(owner)
    db.session.rollback()
    assert [payment.state for payment in db.session.scalars(select(Payment).order_by(Payment.id))] == ["paid", "paid"]


@pytest.mark.covers("PAY-05")
def test_cash_is_paid_out_by_hand_to_an_account_that_is_shown_once(owner: ShopClient) -> None:
    order_id = an_order_id()
    payment_id = db.session.scalars(select(Payment.id)).one()
    owner.post(f"/staff/payments/{payment_id}/status", data={"status": "paid"})
    number = order_of(order_id).number
    form = refund_form(owner, number) | {"amount": "100", "reason": "Faded"}
    owner.post(f"/staff/orders/{number}/refund", data=form)
    (refund,) = refunds()
    refund_id = refund.id
    assert "has not said yet" in words(owner.get(f"/staff/payments/{payment_id}"))
    db.session.rollback()
    with unit_of_work():
        payouts.name_payee(order_of(order_id), refund_id, Payee(name="Asha", account="123456789012", branch="HDFC0001"))
    page = owner.get(f"/staff/payments/{payment_id}").text
    assert "Account ···· 9012" in page
    assert "123456789012" not in page
    assert "123456789012" in owner.post(f"/staff/refunds/{refund_id}/payee").text
    assert any("Looked at the account" in entry.note for entry in order_of(order_id).history)
    assert owner.post(f"/staff/refunds/{refund_id}/payout", data={"reference": ""}).status_code == 422
    assert owner.post(f"/staff/refunds/{refund_id}/payout", data={"reference": "UTR 77"}).status_code == 303
    assert [(one.state, one.reference) for one in refunds()] == [("done", "UTR 77")]


@pytest.mark.covers("PAY-05")
def test_a_failed_refund_is_tried_again(owner: ShopClient) -> None:
    order = a_paid_order()
    form = refund_form(owner, order.number) | {"amount": "100", "reason": "Faded"}
    owner.post(f"/staff/orders/{order.number}/refund", data=form)
    refund = refunds()[0]
    refund.state, refund.failure = "failed", "The card is closed."
    refund_id, payment_id = refund.id, refund.payment_id
    db.session.commit()
    assert "The card is closed." in words(owner.get(f"/staff/payments/{payment_id}"))
    assert owner.post(f"/staff/refunds/{refund_id}/attempts", data={"way": "original"}).status_code == 303
    run_outbox()
    assert refunds()[0].state == "done"
