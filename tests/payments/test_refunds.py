"""Money that goes back by line: to the tender it came from, to store credit, or to an account the buyer names."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.aftersales.services import cancel_order
from shop.extensions import db
from shop.lib.actor import SYSTEM, Actor
from shop.lib.clock import now
from shop.lib.money import ZERO, Money
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.states import OrderState, PaymentStanding
from shop.payments import payouts, refunds, retrying
from shop.payments import queries as payment_queries
from shop.payments.cash import record_cash
from shop.payments.errors import (
    NoAccountForCredit,
    NoPayout,
    NothingToRefund,
    PayeeUnknown,
    ReferenceUsed,
    TooMuchToRefund,
)
from shop.payments.models import Refund, SandboxIntent
from shop.payments.payouts import Payee
from shop.payments.refunds import Wanted
from shop.payments.states import RefundState, RefundWay
from shop.promotions.credit.queries import balance_of
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_customer, a_variant
from tests.fulfilment.walk import order_of
from tests.support.outbox import run_outbox

OWNER = Actor("staff", "Meera")
PRICE = 149900


def a_paid_order(**more) -> int:
    """The id of an order of three units of one piece and one of another, paid by card."""
    order_id = an_order_id(a_variant(price=PRICE), a_variant(price=99900), payment="card", quantity=3, **more)
    pay(order_id)
    return order_id


def give_back(order_id: int, reason: str = "Faded", **wanted) -> list[int]:
    """The ids of the refunds that follow from what is wanted."""
    db.session.rollback()
    with unit_of_work():
        order = db.session.get_one(Order, order_id)
        return [one.id for one in refunds.refund(order, Wanted(reason, **wanted), OWNER)]


def lines_of(order_id: int) -> list[int]:
    return [line.id for line in order_of(order_id).lines]


def found(refund_id: int) -> Refund:
    db.session.rollback()
    return db.session.get_one(Refund, refund_id, populate_existing=True)


def collect(order_id: int) -> None:
    """The courier brings the cash of an order."""
    with unit_of_work():
        order = db.session.get_one(Order, order_id)
        record_cash(order, order.total, OWNER)


@pytest.mark.covers("PAY-05")
def test_units_of_a_line_go_back_for_what_was_paid(app: Flask) -> None:
    order_id = a_paid_order()
    first, _ = lines_of(order_id)
    (refund_id,) = give_back(order_id, units={first: 2})
    run_outbox()
    refund = found(refund_id)
    assert (refund.state, refund.amount.minor) == (RefundState.DONE, 2 * PRICE)
    assert [(line.order_line_id, line.units, line.amount.minor) for line in refund.lines] == [(first, 2, 2 * PRICE)]
    assert db.session.scalars(select(SandboxIntent)).one().refunded.minor == 2 * PRICE
    assert order_of(order_id).payment_standing == PaymentStanding.PARTLY_REFUNDED
    assert audit() == []


@pytest.mark.covers("PAY-05")
def test_refunds_line_by_line_end_at_exactly_what_was_paid(app: Flask) -> None:
    order_id = a_paid_order()
    first, second = lines_of(order_id)
    give_back(order_id, amount=Money(12345))
    give_back(order_id, units={first: 1})
    give_back(order_id, units={first: 2, second: 1})
    give_back(order_id, units={second: 2})
    left = payment_queries.left_of(order_of(order_id))
    assert [(part.line_id, part.units) for part in left] == [(first, 0), (second, 0), (0, 0)]
    if left[-1].amount:
        give_back(order_id, delivery=left[-1].amount)
    run_outbox()
    order = order_of(order_id)
    assert order.payment_standing == PaymentStanding.REFUNDED
    assert db.session.scalar(select(func.sum(Refund.amount))) == order.total
    assert audit() == []


@pytest.mark.covers("PAY-05")
@pytest.mark.parametrize("wanted", [{"units": {1: 4}}, {"delivery": Money(10**7)}, {"amount": Money(10**9)}])
def test_more_than_was_paid_never_goes_back(app: Flask, wanted: dict) -> None:
    order_id = a_paid_order()
    first, _ = lines_of(order_id)
    if "units" in wanted:
        wanted = {"units": {first: 4}}
    with pytest.raises(TooMuchToRefund):
        give_back(order_id, **wanted)
    assert db.session.scalar(select(func.count()).select_from(Refund)) == 0


def test_refunds_on_their_way_count(app: Flask) -> None:
    order_id = a_paid_order()
    first, _ = lines_of(order_id)
    give_back(order_id, units={first: 2})
    with pytest.raises(TooMuchToRefund):
        give_back(order_id, units={first: 2})


def test_nothing_chosen_gives_nothing_back(app: Flask) -> None:
    order_id = a_paid_order()
    with pytest.raises(NothingToRefund):
        give_back(order_id)


@pytest.mark.covers("PAY-05")
def test_a_refund_can_become_store_credit(app: Flask) -> None:
    buyer = a_customer()
    order_id = a_paid_order(visitor=buyer)
    first, _ = lines_of(order_id)
    (refund_id,) = give_back(order_id, units={first: 1}, way=RefundWay.CREDIT)
    assert found(refund_id).state == RefundState.DONE
    assert balance_of(buyer.user_id) == Money(PRICE)
    assert db.session.scalars(select(SandboxIntent)).one().refunded == ZERO
    assert audit() == []


def test_a_guest_has_no_store_credit(app: Flask) -> None:
    order_id = a_paid_order()
    with pytest.raises(NoAccountForCredit):
        give_back(order_id, amount=Money(100), way=RefundWay.CREDIT)
    assert db.session.scalar(select(func.count()).select_from(Refund)) == 0


@pytest.mark.covers("PAY-05")
def test_cash_goes_to_an_account_the_buyer_names_once(app: Flask) -> None:
    order_id = an_order_id()
    collect(order_id)
    (refund_id,) = give_back(order_id, amount=order_of(order_id).total)
    with pytest.raises(PayeeUnknown), unit_of_work():
        payouts.note_payout(refund_id, "UTR 1")
    db.session.rollback()
    with unit_of_work():
        payouts.name_payee(db.session.get_one(Order, order_id), refund_id, Payee(upi_id="asha.rao@okaxis"))
    refund = found(refund_id)
    assert (refund.payee_shown, payouts.payee_of(refund).upi_id) == ("as····@okaxis", "asha.rao@okaxis")
    db.session.rollback()
    with pytest.raises(NoPayout), unit_of_work():
        payouts.name_payee(db.session.get_one(Order, order_id), refund_id, Payee(upi_id="thief@okaxis"))
    db.session.rollback()
    with unit_of_work():
        payouts.note_payout(refund_id, "UTR 1")
    assert (found(refund_id).state, found(refund_id).payee, found(refund_id).reference) == ("done", None, "UTR 1")
    assert order_of(order_id).payment_standing == PaymentStanding.REFUNDED
    assert audit() == []


def test_an_account_that_does_not_work_is_asked_for_again(app: Flask) -> None:
    order_id = an_order_id()
    collect(order_id)
    (refund_id,) = give_back(order_id, amount=Money(100))
    db.session.rollback()
    with unit_of_work():
        payouts.name_payee(db.session.get_one(Order, order_id), refund_id, Payee(upi_id="asha@okaxis"))
    with unit_of_work():
        payouts.ask_again(refund_id)
    assert (found(refund_id).waits_for_payee, found(refund_id).payee_shown) == (True, None)


def test_one_reference_pays_one_refund(app: Flask) -> None:
    order_id = an_order_id()
    collect(order_id)
    both = [give_back(order_id, amount=Money(100))[0] for _ in range(2)]
    db.session.rollback()
    with unit_of_work():
        for refund_id in both:
            payouts.name_payee(db.session.get_one(Order, order_id), refund_id, Payee(upi_id="asha@okaxis"))
        payouts.note_payout(both[0], "UTR 1")
    with pytest.raises(ReferenceUsed), unit_of_work():
        payouts.note_payout(both[1], "UTR 1")


@pytest.mark.covers("PAY-05")
def test_a_refund_the_bank_refuses_fails_and_can_be_tried_again(app: Flask) -> None:
    order_id = a_paid_order()
    first, _ = lines_of(order_id)
    intent = db.session.scalars(select(SandboxIntent)).one()
    took, intent.refunded = intent.amount, intent.amount
    db.session.commit()
    (refund_id,) = give_back(order_id, units={first: 3})
    run_outbox()
    assert (found(refund_id).state, found(refund_id).failure) == ("failed", "The bank has not taken that much.")
    assert took == order_of(order_id).total
    db.session.scalars(select(SandboxIntent)).one().refunded = ZERO
    db.session.commit()
    with unit_of_work():
        retrying.retry(refund_id, SYSTEM)
    run_outbox()
    assert (found(refund_id).state, found(refund_id).failure, found(refund_id).attempt) == ("done", None, 2)
    assert audit() == []


def test_what_failed_and_was_given_back_otherwise_is_not_tried_again(app: Flask) -> None:
    order_id = a_paid_order()
    first, _ = lines_of(order_id)
    (refund_id,) = give_back(order_id, units={first: 2})
    db.session.rollback()
    with unit_of_work():
        refunds.record_failure(db.session.get_one(Refund, refund_id), "The card is closed.")
    give_back(order_id, units={first: 2})
    with pytest.raises(TooMuchToRefund), unit_of_work():
        retrying.retry(refund_id, SYSTEM)


@pytest.mark.covers("PAY-05", "ORD-06")
def test_a_cancelled_order_says_which_lines_went_back(app: Flask) -> None:
    order_id = a_paid_order()
    db.session.rollback()
    with unit_of_work():
        cancel_order(db.session.get_one(Order, order_id), SYSTEM, "Changed my mind")
    run_outbox()
    order = order_of(order_id)
    refund = db.session.scalars(select(Refund)).one()
    assert [(line.order_line_id, line.units) for line in refund.lines] == [(line.id, 3) for line in order.lines]
    assert refund.amount == order.total
    assert (order.state, audit()) == (OrderState.CANCELLED, [])
    assert order.placed_at < now()
