"""Lines of an order changed before it is packed: price, stock, discounts, invoice and money follow to the paisa."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.aftersales.services import cancel_order
from shop.catalog.models import Variant
from shop.checkout.errors import NoLongerSold, NothingChanged, NothingLeft, OrderFixed, OrderMoved
from shop.checkout.proposals import last_edit, propose, units_before
from shop.checkout.services import edit_order, pay_another_way
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.errors import RestUnpaid
from shop.fulfilment.queries import desk
from shop.invoices.models import Invoice
from shop.invoices.services import draft_invoice
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.states import OrderState, PaymentStanding
from shop.payments import gateways
from shop.payments import queries as payment_queries
from shop.payments.refunds import Wanted, refund
from shop.promotions.credit.queries import balance_of
from shop.promotions.models import Promotion, Redemption
from shop.stock.errors import OutOfStock
from shop.stock.models import StockLevel
from tests.checkout.buying import a_ready_buyer, an_order_id, order_by, pay, tenders
from tests.checkout.test_discounts import placed, with_coupon
from tests.checkout.test_store_credit import a_buyer_with
from tests.factories import a_product, a_variant
from tests.fulfilment.walk import OWNER, act, order_of, step
from tests.promotions.making import a_coupon
from tests.support.outbox import run_outbox

PRICE, OTHER = 149900, 99900


def edit(order_id: int, units: dict[int, int], note: str = "") -> None:
    """Change an order's lines as the owner does who looked at the new total."""
    order = order_of(order_id)
    newest = last_edit(order_id)
    seen = (newest.id if newest else 0, propose(order, units).quote.total.minor)
    act(edit_order, order_of(order_id), units, seen, note, OWNER)


def lines(order_id: int) -> dict[int, int]:
    return {line.variant_id: line.quantity for line in order_of(order_id).lines}


def kept(order_id: int) -> Money:
    """What the shop keeps of an order's money: all that came in, less all that went back."""
    payments = rows(payment_queries.payments_of(order_id))
    return sum((payment_queries.refundable(payment) for payment in payments), Money())


def reserved(variant_id: int) -> int:
    return db.session.get_one(StockLevel, variant_id, populate_existing=True).reserved


@pytest.mark.covers("ORD-07", "PAY-05")
def test_a_cheaper_order_gives_the_difference_back_and_stays_paid(app: Flask) -> None:
    shirt, belt = a_variant(price=PRICE), a_variant(price=OTHER)
    ids, order_id = (shirt.id, belt.id), an_order_id(shirt, belt, payment="card")
    pay(order_id)
    before = order_of(order_id).total
    edit(order_id, {ids[0]: 1})
    run_outbox()
    assert (lines(order_id), reserved(ids[1])) == ({ids[0]: 1}, 0)
    order = order_of(order_id)
    assert (order.payment_standing, order.state) == (PaymentStanding.PAID, OrderState.CONFIRMED)
    assert (payment_queries.captured(order_id), kept(order_id)) == (order.total, order.total)
    assert [one.excess for one in rows(payment_queries.refunds_of(order_id))] == [before - order.total]
    assert sum(one.amount.minor for one in order.steps) == order.total.minor
    assert audit() == []
    step(order_id, "packed", "shipped")
    run_outbox()
    assert db.session.scalars(select(Invoice.total)).all() == [order_of(order_id).total]
    assert audit() == []


@pytest.mark.covers("ORD-07", "PAY-06")
def test_a_dearer_prepaid_order_is_packed_once_the_rest_is_paid(app: Flask) -> None:
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card")
    pay(order_id)
    edit(order_id, {variant_id: 2})
    order = order_of(order_id)
    assert (order.payment_standing, order.waits_for_payment) == (PaymentStanding.PENDING, True)
    assert tenders(order_id)[1] == ("card", "pending", (order.total - payment_queries.captured(order_id)).minor)
    assert [one.id for one in db.session.scalars(select(Order).where(desk.QUEUES["pack"]))] == []
    assert audit() == []
    with pytest.raises(RestUnpaid):
        act(fulfilment.pack_order, order_of(order_id), OWNER)
    assert pay(order_id) == "paid"
    assert order_of(order_id).payment_standing == PaymentStanding.PAID
    step(order_id, "packed")
    assert (audit(), kept(order_id)) == ([], order_of(order_id).total)


@pytest.mark.covers("ORD-07", "PAY-01")
def test_the_rest_may_be_left_to_the_courier(app: Flask) -> None:
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card")
    pay(order_id)
    edit(order_id, {variant_id: 2})
    act(pay_another_way, order_of(order_id), "cod")
    step(order_id, "packed", "shipped", "out_for_delivery", "delivered")
    act(fulfilment.collect_cash, order_of(order_id), OWNER)
    order = order_of(order_id)
    assert (order.payment_standing, kept(order_id), audit()) == (PaymentStanding.PAID, order.total, [])


@pytest.mark.covers("ORD-07", "PAY-01")
def test_the_courier_takes_the_rest_where_nobody_else_takes_money(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    order_id = order_by(a_buyer_with(200000))
    in_earnest = replace(app.config["SHOP"], environment="production")
    monkeypatch.setitem(app.extensions, gateways.EXTENSION, gateways.providers_of(in_earnest))
    edit(order_id, {order_of(order_id).lines[0].variant_id: 2})
    assert [method for method, state, _ in tenders(order_id) if state == "pending"] == ["cod"]


def test_dropping_the_change_closes_what_was_asked_for_and_prices_are_those_agreed(app: Flask) -> None:
    shirt, belt = a_variant(price=PRICE), a_variant(price=OTHER)
    ids, order_id = (shirt.id, belt.id), an_order_id(shirt, payment="card")
    pay(order_id)
    before = order_of(order_id).total
    edit(order_id, {ids[1]: 2})
    db.session.execute(update(Variant).values(price=Money(OTHER * 3)))
    newest = last_edit(order_id)
    assert newest
    edit(order_id, units_before(order_of(order_id), newest))
    order = order_of(order_id)
    assert (lines(order_id), order.total, order.payment_standing) == ({ids[0]: 1}, before, PaymentStanding.PAID)
    assert [state for _, state, _ in tenders(order_id)] == ["paid", "cancelled"]
    assert audit() == []


@pytest.mark.covers("ORD-07", "PAY-01")
@pytest.mark.parametrize("units", [1, 4])
def test_cash_at_the_door_follows_the_lines(app: Flask, units: int) -> None:
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, quantity=2)
    edit(order_id, {variant_id: units})
    order = order_of(order_id)
    assert (tenders(order_id), reserved(variant_id)) == ([("cod", "pending", order.total.minor)], units)
    step(order_id, "confirmed", "packed", "shipped", "out_for_delivery", "delivered")
    act(fulfilment.collect_cash, order_of(order_id), OWNER)
    assert (kept(order_id), audit()) == (order_of(order_id).total, [])


def test_an_unpaid_order_waits_for_its_new_total_and_the_old_payment_is_closed(app: Flask) -> None:
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card")
    edit(order_id, {variant_id: 3})
    total = order_of(order_id).total
    assert [(state, amount) for _, state, amount in tenders(order_id)][1] == ("pending", total.minor)
    pay(order_id)
    assert (order_of(order_id).state, audit()) == (OrderState.CONFIRMED, [])


@pytest.mark.covers("PAY-05")
def test_store_credit_goes_back_last_and_covers_what_is_left(app: Flask) -> None:
    buyer = a_buyer_with(200000)
    order_id = order_by(buyer)
    variant = order_of(order_id).lines[0].variant_id
    cheap = a_variant(price=50000).id
    db.session.commit()
    edit(order_id, {cheap: 1})
    run_outbox()
    total = order_of(order_id).total
    assert (kept(order_id), balance_of(buyer.user_id)) == (total, Money(200000) - total)
    edit(order_id, {variant: 1})
    assert order_of(order_id).waits_for_payment
    act(cancel_order, order_of(order_id), OWNER, "Changed their mind")
    run_outbox()
    assert (kept(order_id), balance_of(buyer.user_id), audit()) == (Money(), Money(200000), [])


@pytest.mark.covers("ORD-07", "PRO-01")
def test_discounts_stay_as_they_were_given_whatever_became_of_them(app: Flask) -> None:
    coupon_id = a_coupon(uses_limit=1, uses_each=1, first_order=True).id
    order_id = placed(with_coupon(a_ready_buyer(a_variant(price=PRICE), quantity=2))).id
    variant_id = order_of(order_id).lines[0].variant_id
    ended = update(Promotion).where(Promotion.id == coupon_id)
    db.session.execute(ended.values(ends_at=now() - timedelta(minutes=1), state="archived"))
    a_coupon(None, name="Begun since", value=5000, starts_at=now())
    edit(order_id, {variant_id: 3})
    assert order_of(order_id).discount == Money(PRICE * 3 // 10)
    assert db.session.scalars(select(Redemption.amount)).all() == [Money(PRICE * 3 // 10)]
    assert audit() == []


@pytest.mark.covers("PRO-01")
def test_a_coupon_whose_minimum_is_missed_now_is_given_back(app: Flask) -> None:
    a_coupon(minimum=PRICE * 2)
    order_id = placed(with_coupon(a_ready_buyer(a_variant(price=PRICE), quantity=2))).id
    variant_id = order_of(order_id).lines[0].variant_id
    edit(order_id, {variant_id: 1})
    assert order_of(order_id).discount == Money()
    assert db.session.scalars(select(Redemption.freed_at)).one() is not None
    edit(order_id, {variant_id: 2})
    assert order_of(order_id).discount == Money(PRICE * 2 // 10)
    assert audit() == []


@pytest.mark.covers("ORD-07")
def test_another_size_costs_what_was_agreed_while_both_cost_the_same(app: Flask) -> None:
    sizes = a_product(price=PRICE, sale_price=OTHER, sizes=("S", "M", "L")).variants
    small, medium, large = (variant.id for variant in sizes)
    order_id = an_order_id(sizes[0])
    db.session.execute(update(Variant).where(Variant.id.in_([small, medium])).values(sale_price=None))
    db.session.execute(update(Variant).where(Variant.id == large).values(price=Money(PRICE + 10000), sale_price=None))
    db.session.commit()
    edit(order_id, {medium: 1})
    assert [line.unit_price for line in order_of(order_id).lines] == [Money(OTHER)]
    edit(order_id, {large: 1})
    assert [line.unit_price for line in order_of(order_id).lines] == [Money(PRICE + 10000)]
    assert (reserved(small), reserved(medium), reserved(large), audit()) == (0, 0, 1, [])


@pytest.mark.covers("ORD-07", "ORD-04")
def test_the_history_says_what_was_changed_by_whom_and_why_and_the_draft_follows(app: Flask) -> None:
    shirt = a_variant(name="Loom shirt", price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, quantity=2)
    act(draft_invoice, order_of(order_id), OWNER)
    edit(order_id, {variant_id: 1}, "Asked for by phone")
    entry = order_of(order_id).history[-1]
    assert (entry.actor, entry.from_state, entry.to_state) == ("Meera", "placed", "placed")
    for said in ("Lines changed, ₹", "Asked for by phone", "Loom shirt, Indigo, M: 2 → 1"):
        assert said in entry.note
    assert db.session.scalars(select(Invoice.total)).one() == order_of(order_id).total


def hidden() -> int:
    """The id of a variant whose product is not on the shelf."""
    variant_id = a_variant(published=False).id
    db.session.commit()
    return variant_id


REFUSED: dict[str, tuple[Callable[[int, int], Any], type[Exception]]] = {
    "the same lines": (lambda order_id, own: edit(order_id, {own: 1}), NothingChanged),
    "no lines": (lambda order_id, own: edit(order_id, {own: 0}), NothingLeft),
    "a hidden product": (lambda order_id, own: edit(order_id, {hidden(): 1}), NoLongerSold),
    "a size that is gone": (lambda order_id, own: edit(order_id, {own: 1, 987654: 1}), NoLongerSold),
    "more than there is": (lambda order_id, own: edit(order_id, {own: 11}), OutOfStock),
    "another total": (
        lambda order_id, own: act(edit_order, order_of(order_id), {own: 2}, (0, 1), "", OWNER),
        OrderMoved,
    ),
}


@pytest.mark.covers("ORD-07")
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_changed(app: Flask, what: str) -> None:
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt)
    call, error = REFUSED[what]
    with pytest.raises(error):
        call(order_id, variant_id)
    db.session.rollback()
    assert (lines(order_id), reserved(variant_id), last_edit(order_id), audit()) == ({variant_id: 1}, 1, None, [])


FIXED: dict[str, Callable[[int], Any]] = {
    "packed": lambda order_id: step(order_id, "packed"),
    "cancelled": lambda order_id: act(cancel_order, order_of(order_id), OWNER, ""),
    "refunded in part": lambda order_id: act(refund, order_of(order_id), Wanted("Faded", amount=Money(100)), OWNER),
}


@pytest.mark.covers("ORD-07")
@pytest.mark.parametrize("what", FIXED)
def test_the_lines_of_such_an_order_stay(app: Flask, what: str) -> None:
    shirt = a_variant(price=PRICE)
    variant_id, order_id = shirt.id, an_order_id(shirt, payment="card")
    pay(order_id)
    FIXED[what](order_id)
    with pytest.raises(OrderFixed):
        edit(order_id, {variant_id: 2})


def test_two_who_saw_the_same_order_do_not_undo_each_other(app: Flask) -> None:
    shirt, belt = a_variant(price=PRICE), a_variant(price=OTHER)
    ids, order_id = (shirt.id, belt.id), an_order_id(shirt, belt)
    with unit_of_work(read_only=True):
        seen = propose(order_of(order_id), {ids[0]: 2, ids[1]: 1}).quote.total.minor
    edit(order_id, {ids[0]: 1})
    with pytest.raises(OrderMoved):
        act(edit_order, order_of(order_id), {ids[0]: 2, ids[1]: 1}, (0, seen), "", OWNER)
