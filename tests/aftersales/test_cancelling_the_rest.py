"""What was not sent of an order is cancelled while the rest goes on: stock, money and states follow exactly."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from shop.aftersales.errors import NothingUnsent
from shop.aftersales.rest import cancel_rest
from shop.extensions import db
from shop.fulfilment import services
from shop.invoices.models import Invoice
from shop.lib.money import ZERO, Money
from shop.operations.audit import audit
from shop.orders.states import OrderState, PaymentStanding
from shop.payments import queries as payment_queries
from shop.stock.models import StockLevel
from tests.factories import a_variant
from tests.fulfilment.several import DOOR, a_parcel, bring, pack, parcels, two_parcels
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of
from tests.notifications.letterbox import mail, text
from tests.staff.desk import as_role, words
from tests.support.outbox import run_outbox
from tests.support.shops import ShopClient

A, B = 149900, 99900


def cancel(order_id: int, reason: str = "Torn in the store") -> None:
    act(cancel_rest, order_of(order_id), OWNER, reason)


def shelf() -> list[tuple[int, int]]:
    db.session.rollback()
    levels = db.session.scalars(select(StockLevel).order_by(StockLevel.variant_id))
    return [(level.on_hand, level.reserved) for level in levels]


@pytest.mark.covers("ORD-03", "PAY-05")
def test_a_prepaid_rest_goes_back_line_by_line_with_its_credit_note(app: Flask) -> None:
    order_id, first, _ = two_parcels(payment="card")
    bring(first, "shipped")
    cancel(order_id)
    run_outbox()
    assert [(one.state, one.units) for one in parcels(order_id)] == [("shipped", 2), ("not_sent", 2)]
    assert (order_of(order_id).state, shelf()) == (OrderState.SHIPPED, [(4, 0), (4, 0)])
    assert order_of(order_id).refunded == Money(A + B)
    notes = db.session.scalars(select(Invoice.total).where(Invoice.kind == "credit_note")).all()
    assert notes == [Money(A + B)]
    assert "Plain tee" in text(mail("order_rest_cancelled"))
    bring(first, "out_for_delivery", "delivered")
    assert (order_of(order_id).state, audit()) == (OrderState.DELIVERED, [])


@pytest.mark.covers("ORD-05", "PAY-01")
@pytest.mark.parametrize("is_collected", [True, False])
def test_the_courier_collects_only_for_what_was_sent(app: Flask, is_collected: bool) -> None:
    order_id, first, _ = two_parcels()
    bring(first, *DOOR)
    if is_collected:
        act(services.collect_cash, order_of(order_id), OWNER)
    cancel(order_id)
    order = order_of(order_id)
    assert (order.state, order.delivered_at is not None) == (OrderState.DELIVERED, True)
    if not is_collected:
        assert payment_queries.open_cash(order_id) == order.total - Money(A + B)
        act(services.collect_cash, order_of(order_id), OWNER)
    order = order_of(order_id)
    assert (payment_queries.captured(order_id), payment_queries.open_cash(order_id)) == (
        order.total - Money(A + B),
        ZERO,
    )
    assert (order.payment_standing, audit()) == (PaymentStanding.PAID, [])


def test_pieces_in_no_parcel_and_a_parcel_before_the_one_sent_are_the_rest_too(app: Flask) -> None:
    order_id = an_order_that_is("confirmed", a_variant(price=A, units=5), quantity=4)
    first, second = pack(order_id, 1), pack(order_id, 2)
    bring(second, "shipped", "out_for_delivery")
    cash = payment_queries.open_cash(order_id)
    cancel(order_id, "")
    assert [(one.state, one.units) for one in parcels(order_id)] == [
        ("not_sent", 1), ("out_for_delivery", 2), ("not_sent", 1)]  # fmt: skip
    assert a_parcel(first).state == "not_sent"
    assert (order_of(order_id).state, payment_queries.open_cash(order_id)) == (
        OrderState.OUT_FOR_DELIVERY,
        Money(2 * A),
    )
    assert cash > Money(2 * A)
    assert audit() == []


def _cancelled_before() -> int:
    order_id, first, _ = two_parcels()
    bring(first, "shipped")
    cancel(order_id)
    return order_id


REFUSED: dict[str, Callable[[], int]] = {
    "nothing was sent": lambda: two_parcels()[0],
    "all was sent": lambda: an_order_that_is("shipped"),
    "cancelled twice": _cancelled_before,
}


@pytest.mark.parametrize("what", REFUSED)
def test_without_a_rest_there_is_nothing_to_cancel(app: Flask, what: str) -> None:
    order_id = REFUSED[what]()
    with pytest.raises(NothingUnsent):
        cancel(order_id)
    assert audit() == []


@pytest.mark.covers("ORD-07")
def test_the_owner_cancels_the_rest_and_the_buyer_sees_it(client: ShopClient) -> None:
    order_id, first, _ = two_parcels(payment="card")
    bring(first, "shipped")
    owner, order = as_role(client), order_of(order_id)
    path, link = f"/staff/orders/{order.number}", f"/order/{order.token}"
    assert "Cancel what was not sent" in words(owner.get(path))
    assert owner.post(f"{path}/rest/cancellation", data={"reason": "Torn in the store"}).status_code == 303
    page = words(owner.get(path))
    assert "Not sent" in page
    assert "Cancel what was not sent" not in page
    assert "Cancelled" in words(owner.get(link))
