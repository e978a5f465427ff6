"""The audit must see every kind of break; each test is the control of one check."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from shop.catalog.models import ListingAssortment, ListingOffer
from shop.extensions import db
from shop.lib.models import IdempotencyKey, OutboxEvent
from shop.lib.money import Money
from shop.operations.audit import audit
from shop.orders.models import Order, OrderHistory, OrderLine
from shop.payments.models import Payment, PaymentEntry, Refund, RefundLine
from shop.promotions.credit.models import StoreCredit
from shop.stock.models import Hold, LedgerEntry, StockLevel
from tests.checkout.buying import an_order, an_order_id, pay
from tests.factories import a_user

Break = Callable[[], object]
BREAKS: dict[str, Break] = {
    "stock on hand is the sum of its ledger": lambda: db.session.execute(update(LedgerEntry).values(units=3)),
    "reserved stock is the sum of live holds": lambda: db.session.execute(update(Hold).values(units=2)),
    "live holds belong to orders still to be sent": lambda: db.session.execute(update(Order).values(state="shipped")),
    "orders to be sent hold their goods": lambda: db.session.execute(delete(Hold)),
    "the listing says in stock when there is stock": lambda: db.session.execute(
        update(ListingOffer).values(in_stock=False)
    ),
    "facets count the offers that filters find": lambda: db.session.execute(
        update(ListingAssortment).values(offers="")
    ),
    "facets count the traits that filters find": lambda: db.session.execute(
        update(ListingAssortment).values(traits="b1")
    ),
    "an order's lines sum to its total": lambda: db.session.execute(
        update(OrderLine).values(quantity=2, total=OrderLine.total * 2)
    ),
    "tax contained is within the total": lambda: db.session.execute(update(Order).values(tax_contained=0)),
    "accounts know what their orders come to": lambda: setattr(a_user(), "orders_count", 1),
    "every order has its outbox rows": lambda: db.session.execute(delete(OutboxEvent)),
    "every order has a history that ends in its state": lambda: db.session.execute(delete(OrderHistory)),
    "captures stay within the order's total": lambda: _enter("captured", Money(1), "again"),
    "refunds stay within captures": lambda: _refund(Money(10**9), "pending"),
    "an order stands as paid exactly when covered": lambda: db.session.execute(
        update(Order).values(payment_standing="pending")
    ),
    "a payment is paid exactly when captured": lambda: db.session.execute(update(Payment).values(state="failed")),
    "an order knows what of it went back": lambda: db.session.execute(update(Order).values(refunded=Money(1))),
    "a refund is done exactly when the ledger has it": lambda: _refund(Money(100), "done"),
    "a refund's lines and delivery come to its amount": lambda: _refund(Money(100), "pending"),
    "no line is given back beyond what was paid": lambda: _refund_line(units=2),
    "store credit is the sum of its ledger": lambda: _credit(Money(100)),
    "a refund to store credit was given": lambda: _refund(Money(100), "pending", way="credit"),
    "one resource for each idempotency key": lambda: db.session.execute(
        update(IdempotencyKey).values(resource_id=None)
    ),
}


def _enter(kind: str, amount: Money, reference: str) -> None:
    payment_id = db.session.query(Payment.id).scalar()
    db.session.add(PaymentEntry(payment_id=payment_id, kind=kind, amount=amount, reference=reference))


def _refund(amount: Money, state: str, **more: Any) -> None:
    payment_id = db.session.query(Payment.id).scalar()
    db.session.add(Refund(payment_id=payment_id, amount=amount, state=state, reason="test", actor="test", **more))


def _refund_line(units: int) -> None:
    """Two units of a line of one."""
    line = RefundLine(order_line_id=db.session.query(OrderLine.id).scalar(), units=units, amount=Money(1))
    _refund(Money(1), "pending", lines=[line])


def _credit(amount: Money) -> None:
    """A balance that no entry explains."""
    user = a_user()
    db.session.add(StoreCredit(user_id=user.id, balance=amount))


def test_a_shop_with_a_paid_order_balances(app: Flask) -> None:
    pay(an_order_id(payment="card"))
    assert audit() == []


@pytest.mark.parametrize("rule", BREAKS)
def test_the_audit_sees_a_break_of(app: Flask, rule: str) -> None:
    pay(an_order_id(payment="card"))
    BREAKS[rule]()
    db.session.flush()
    assert rule in {broken.rule for broken in audit()}


def test_reserved_never_exceeds_what_is_on_hand_even_by_hand(app: Flask) -> None:
    an_order()
    with pytest.raises(Exception, match=r"reserved_within|CHECK"):
        db.session.execute(update(StockLevel).values(reserved=99))
