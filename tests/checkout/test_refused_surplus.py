"""What was paid above a cheaper order and the bank refuses to take back: sent another way, once, never too much."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.aftersales.services import cancel_order
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.lib.actor import SYSTEM
from shop.lib.money import ZERO, Money
from shop.lib.queries import rows
from shop.lib.states import WrongState
from shop.operations.audit import audit
from shop.orders.states import PaymentStanding
from shop.payments import payouts, retrying
from shop.payments import queries as payment_queries
from shop.payments.errors import NoAccountForCredit, TooMuchToRefund
from shop.payments.models import Refund, SandboxIntent
from shop.payments.payouts import Payee
from shop.payments.refunds import Wanted, refund
from shop.payments.states import RefundWay
from shop.promotions.credit.queries import balance_of
from tests.checkout.buying import an_order_id, pay
from tests.checkout.in_parts import an_order_in_parts, ask_for_parts, begun, charge
from tests.checkout.test_editing import edit, kept
from tests.factories import a_customer, a_variant
from tests.fulfilment.walk import OWNER, act, order_of, step
from tests.support.outbox import run_outbox

PRICE = 149900


def bank_refuses(yes: bool = True) -> None:
    """Let the bank say that it has given everything back already."""
    db.session.rollback()
    db.session.execute(update(SandboxIntent).values(refunded=SandboxIntent.amount if yes else 0))
    db.session.commit()


def refused(**buyer) -> tuple[int, int, int]:
    """An order that costs one piece less than was paid, its piece, and the refund the bank refused."""
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card", quantity=3, **buyer)
    pay(order_id)
    edit(order_id, {variant_id: 2})
    bank_refuses()
    run_outbox()
    (found,) = all_refunds(order_id)
    assert (found.state, found.excess) == ("failed", Money(PRICE))
    return order_id, variant_id, found.id


def all_refunds(order_id: int) -> list[Refund]:
    db.session.rollback()
    return rows(payment_queries.refunds_of(order_id).execution_options(populate_existing=True))


def books(order_id: int) -> tuple[str, Money, list[str]]:
    """How the order stands, what the shop keeps beyond its price, and what the audit says."""
    order = order_of(order_id)
    return order.payment_standing, kept(order_id) - order.total, audit()


@pytest.mark.covers("PAY-05")
def test_it_goes_to_store_credit_once(app: Flask) -> None:
    buyer = a_customer()
    order_id, _, refund_id = refused(visitor=buyer)
    assert books(order_id) == (PaymentStanding.PAID, Money(PRICE), [])
    act(retrying.retry, refund_id, OWNER, RefundWay.CREDIT)
    for way in RefundWay:
        with pytest.raises(WrongState):
            act(retrying.retry, refund_id, OWNER, way)
    run_outbox()
    assert (balance_of(buyer.user_id), books(order_id)) == (Money(PRICE), (PaymentStanding.PAID, ZERO, []))
    assert "which the bank refused, goes to store credit" in order_of(order_id).history[-1].note


@pytest.mark.covers("PAY-05")
def test_a_guest_names_an_account_for_it(app: Flask) -> None:
    order_id, _, refund_id = refused()
    with pytest.raises(NoAccountForCredit):
        act(retrying.retry, refund_id, OWNER, RefundWay.CREDIT)
    act(retrying.retry, refund_id, OWNER, RefundWay.PAYOUT)
    bank_refuses(False)
    run_outbox()
    assert [one.waits_for_payee for one in all_refunds(order_id)] == [True]
    act(payouts.name_payee, order_of(order_id), refund_id, Payee(upi_id="asha@okaxis"))
    act(payouts.note_payout, refund_id, "UTR 1")
    assert [one.state for one in all_refunds(order_id)] == ["done"]
    assert books(order_id) == (PaymentStanding.PAID, ZERO, [])
    db.session.rollback()
    assert db.session.scalars(select(SandboxIntent.refunded)).all() == [ZERO]


@pytest.mark.covers("PAY-05", "ORD-07")
@pytest.mark.parametrize("units", [3, 1])
def test_lines_that_change_again_take_its_place(app: Flask, units: int) -> None:
    """The order costs it again, or the new surplus holds it: what was refused is not sent besides."""
    buyer = a_customer()
    order_id, variant_id, refund_id = refused(visitor=buyer)
    edit(order_id, {variant_id: units})
    assert books(order_id) == (PaymentStanding.PAID, ZERO, [])
    for way in RefundWay:
        with pytest.raises(TooMuchToRefund):
            act(retrying.retry, refund_id, OWNER, way)
    bank_refuses(False)
    run_outbox()
    assert (balance_of(buyer.user_id), books(order_id)) == (ZERO, (PaymentStanding.PAID, ZERO, []))


@pytest.mark.covers("PAY-05", "ORD-06")
def test_a_cancelled_order_gives_it_back_with_the_rest(app: Flask) -> None:
    order_id, _, refund_id = refused()
    act(cancel_order, order_of(order_id), OWNER, "")
    with pytest.raises(TooMuchToRefund):
        act(retrying.retry, refund_id, OWNER, RefundWay.PAYOUT)
    bank_refuses(False)
    run_outbox()
    assert (kept(order_id), order_of(order_id).payment_standing, audit()) == (ZERO, PaymentStanding.REFUNDED, [])


@pytest.mark.covers("PAY-05")
def test_all_else_given_back_the_order_stands_as_refunded_and_it_is_still_owed(app: Flask) -> None:
    buyer = a_customer()
    order_id, _, refund_id = refused(visitor=buyer)
    all_of_it = order_of(order_id).total
    act(refund, order_of(order_id), Wanted("Faded", amount=all_of_it, way=RefundWay.CREDIT), OWNER)
    assert books(order_id)[::2] == (PaymentStanding.REFUNDED, [])
    act(retrying.retry, refund_id, OWNER, RefundWay.CREDIT)
    assert (kept(order_id), books(order_id)[::2]) == (ZERO, (PaymentStanding.REFUNDED, []))


@pytest.mark.covers("PAY-05", "ORD-07")
def test_the_courier_collects_nothing_of_it(app: Flask) -> None:
    """A part above what the order costs by now is nobody's debt at the door."""
    ask_for_parts()
    shirt, sock = a_variant(price=PRICE), a_variant(price=9900)
    sock_id, order_id = sock.id, an_order_in_parts(shirt)
    charge(order_id, begun(order_id))
    edit(order_id, {sock_id: 1})
    bank_refuses()
    run_outbox()
    step(order_id, "packed", "shipped", "out_for_delivery", "delivered")
    assert payment_queries.cash_agreed(order_of(order_id)) == ZERO
    assert payment_queries.cash_told([order_of(order_id)])[order_id] == (ZERO, False)
    with pytest.raises(Exception, match="no cash to collect"):
        act(fulfilment.collect_cash, order_of(order_id), OWNER)
    assert books(order_id)[::2] == (PaymentStanding.PAID, [])


@pytest.mark.covers("PAY-05")
def test_a_refused_refund_of_a_line_that_is_out_by_now_is_not_sent(app: Flask) -> None:
    shirt, belt = a_variant(price=PRICE), a_variant(price=99900)
    ids, order_id = (shirt.id, belt.id), an_order_id(shirt, belt, payment="card")
    pay(order_id)
    belt_line = next(line.id for line in order_of(order_id).lines if line.variant_id == ids[1])
    act(refund, order_of(order_id), Wanted("Faded", {belt_line: 1}), SYSTEM)
    bank_refuses()
    run_outbox()
    edit(order_id, {ids[0]: 1})
    (found, surplus) = all_refunds(order_id)
    assert (found.state, surplus.excess, retrying.can_retry(found)) == ("failed", Money(99900), False)
    with pytest.raises(TooMuchToRefund):
        act(retrying.retry, found.id, OWNER, RefundWay.PAYOUT)
