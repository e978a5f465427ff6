"""What cancelling the rest comes to is said before, and is exactly what then happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.aftersales.rest import cancel_rest
from shop.aftersales.rest_money import RestMoney, money_of_rest
from shop.extensions import db
from shop.fulfilment.services import collect_cash, collect_cash_of
from shop.lib.money import ZERO, Money
from shop.payments.models import Refund
from shop.payments.queries import open_cash
from shop.payments.refunds import Wanted, refund
from shop.payments.states import RefundWay
from shop.store.formats import money
from tests.checkout.buying import pay
from tests.checkout.in_parts import an_order_in_parts, ask_for_parts
from tests.factories import a_customer, a_variant
from tests.fulfilment.several import DOOR, a_parcel, bring, pack, parcels, two_parcels
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of
from tests.staff.desk import as_role, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

pytestmark = pytest.mark.usefixtures("books_balance")
A, B = 149900, 99900


def by_card() -> int:
    order_id, first, _ = two_parcels(payment="card")
    bring(first, "shipped")
    return order_id


def by_cash() -> int:
    order_id, first, _ = two_parcels()
    bring(first, *DOOR)
    act(collect_cash, order_of(order_id), OWNER)
    return order_id


def in_parts() -> int:
    ask_for_parts()
    order_id = an_order_in_parts(a_variant(price=100000, units=5), units=4)
    pay(order_id)
    bring(pack(order_id, 2), "shipped")
    pack(order_id, 1)
    return order_id


def loose_pieces() -> int:
    order_id = an_order_that_is("confirmed", a_variant(price=A, units=5), quantity=4)
    pack(order_id, 1)
    bring(pack(order_id, 2), "shipped")
    return order_id


def refunded_before() -> int:
    order_id = by_card()
    line = order_of(order_id).lines[0].id
    act(refund, order_of(order_id), Wanted("Torn", {line: 2}), OWNER)
    return order_id


KINDS: dict[str, tuple[Callable[[], int], Money, Money]] = {
    "by card": (by_card, Money(A + B), ZERO),
    "by cash": (by_cash, ZERO, Money(A + B)),
    "loose pieces": (loose_pieces, ZERO, Money(2 * A)),
    "refunded before": (refunded_before, Money(B), ZERO),
}


def refunds_owed() -> Money:
    db.session.rollback()
    return db.session.scalar(select(func.coalesce(func.sum(Refund.amount), 0))) or ZERO


def cancel_and_see(order_id: int) -> RestMoney:
    owed, cash = refunds_owed(), open_cash(order_id)
    act(cancel_rest, order_of(order_id), OWNER, "Torn")
    return RestMoney(refunds_owed() - owed, cash - open_cash(order_id))


@pytest.mark.covers("ORD-03", "PAY-05")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_is_what_happens(app: Flask, kind: str) -> None:
    make, back, uncollected = KINDS[kind]
    order_id = make()
    said = money_of_rest(order_of(order_id), parcels(order_id))
    assert said == RestMoney(back, uncollected)
    assert cancel_and_see(order_id) == said


@pytest.mark.covers("ORD-03", "PAY-01")
def test_of_what_is_paid_in_parts_some_goes_back_and_some_is_not_collected(app: Flask) -> None:
    order_id = in_parts()
    said = money_of_rest(order_of(order_id), parcels(order_id))
    assert (said.back > ZERO, said.uncollected > ZERO) == (True, True)
    assert cancel_and_see(order_id) == said


@pytest.mark.covers("ORD-07")
@pytest.mark.parametrize(("make", "said"), [
    (by_card, "₹2,498 that were paid for them go back to the customer."),
    (by_cash, "The courier collects ₹2,498 less."),
])  # fmt: skip
def test_the_page_says_it_beside_the_button(client: ShopClient, make: Callable[[], int], said: str) -> None:
    owner, number = as_role(client), order_of(make()).number
    assert said in words(owner.get(f"/staff/orders/{number}"))


@pytest.mark.covers("ORD-07")
def test_cancelling_all_of_it_says_what_goes_back(client: ShopClient) -> None:
    ask_for_parts()
    order_id = an_order_in_parts()
    owner, number = as_role(client), order_of(order_id).number
    assert "no money goes back because none is here" in words(owner.get(f"/staff/orders/{number}"))
    pay(order_id)
    assert f"{money(Money(30000))} that came in go back" in words(owner.get(f"/staff/orders/{number}"))


@pytest.mark.covers("PAY-05", "ORD-05")
def test_cash_that_comes_after_a_part_went_back_leaves_the_order_partly_refunded(app: Flask) -> None:
    ask_for_parts()
    order_id = an_order_in_parts(a_variant(price=100000, units=5), units=2)
    pay(order_id)
    bring(pack(order_id, 1), *DOOR)
    act(cancel_rest, order_of(order_id), OWNER, "")
    run_outbox()
    assert order_of(order_id).payment_standing == "partly_refunded"
    act(collect_cash, order_of(order_id), OWNER)
    assert order_of(order_id).payment_standing == "partly_refunded"


@pytest.mark.covers("PAY-05", "ORD-05")
def test_the_last_cash_after_a_refund_leaves_the_order_partly_refunded(app: Flask) -> None:
    order_id, first, second = two_parcels(visitor=a_customer())
    bring(first, *DOOR)
    act(collect_cash_of, a_parcel(first), OWNER)
    act(refund, order_of(order_id), Wanted("Torn", amount=Money(1000), way=RefundWay.CREDIT), OWNER)
    run_outbox()
    bring(second, *DOOR)
    act(collect_cash, order_of(order_id), OWNER)
    assert order_of(order_id).payment_standing == "partly_refunded"
