"""The buyer comes back, another window looks, the bank tells and the clock asks: one payment is finished once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from http.client import HTTPConnection

import pytest
from sqlalchemy import func, select, update

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.payments.gateways.sandbox import notices
from shop.payments.models import Payment, PaymentEntry
from tests.factories import a_variant
from tests.faults.bench.books import Books, books_of, orders_of
from tests.faults.bench.carts import write_buyers
from tests.faults.bench.crowd import Visitor, all_leave
from tests.faults.bench.shop import BenchShop
from tests.support import figures
from tests.support.barrier import at_once

BUYERS, UNITS, PRICE = 6, 5, 149900
POLL = "checkout.jobs:reconcile_payments"
PAID = Books(("confirmed",), PRICE, PRICE, UNITS - 1)
pytestmark = pytest.mark.faults


class Payer:
    """A guest whose card the bank has just taken, with two windows of the shop open."""

    def __init__(self, shop: BenchShop) -> None:
        self.shop = shop
        with shop.inside():
            self.variant_id = (variant := a_variant(units=UNITS, price=PRICE)).id
            (session,), total = write_buyers(1, variant, "card")
        self.windows = [Visitor(shop, session) for _ in range(2)]
        bank = self.windows[0].place_order(total).location
        self.back = self.windows[0].pay(bank).location
        with shop.inside():
            self.order_id = orders_of(self.variant_id)[0].id
            self.said = notices.written(f"evt-{self.order_id}", "paid", bank.removeprefix("/bank/"))
            self.signature = notices.signature_of(self.said)

    def all_at_once(self) -> list[Callable[[], object]]:
        """What happens at one moment."""
        return [*(partial(window.get, self.back) for window in self.windows), self.tell, self.tell]

    def tell(self) -> int:
        """The bank's webhook; the status it gets."""
        line = HTTPConnection("127.0.0.1", self.shop.port, timeout=60)
        line.request("POST", "/webhooks/sandbox", self.said, {notices.SIGNATURE: self.signature})
        status = line.getresponse().status
        line.close()
        return status


def run(shop: BenchShop) -> list[Payer]:
    """Many buyers, each told of four times at the moment at which the clock asks about all of them."""
    shop.work()
    payers = [Payer(shop) for _ in range(BUYERS)]
    with shop.inside(), unit_of_work():
        mine = Payment.order_id.in_([payer.order_id for payer in payers])
        db.session.execute(update(Payment).where(mine).values(created_at=now() - timedelta(hours=1)))
    told = at_once(partial(shop.ring, POLL), *(tell for payer in payers for tell in payer.all_at_once()))
    assert {answer for answer in told if isinstance(answer, int)} == {200}
    all_leave(window for payer in payers for window in payer.windows)
    return payers


def captures(shop: BenchShop, payer: Payer) -> int:
    with shop.inside():
        mine = select(func.count(PaymentEntry.id)).join(Payment).where(Payment.order_id == payer.order_id)
        return db.session.scalar(mine.where(PaymentEntry.kind == "captured")) or 0


def confirmations(shop: BenchShop, payer: Payer) -> dict[str, int]:
    """How often each that follows from a confirmed order was owed, by its handler."""
    with shop.inside():
        owed = select(OutboxEvent.handler, func.count()).where(OutboxEvent.event == "OrderConfirmed")
        mine = owed.where(OutboxEvent.subject_id == db.session.get_one(Order, payer.order_id).id)
        return dict(db.session.execute(mine.group_by(OutboxEvent.handler)).all())


@pytest.mark.covers("PAY-02", "PAY-03")
def test_return_page_second_window_and_webhooks_finish_a_payment_once(bench: BenchShop) -> None:
    payers = run(bench)
    bench.settle()
    assert [books_of(bench, payer.variant_id) for payer in payers] == [PAID] * BUYERS
    assert [captures(bench, payer) for payer in payers] == [1] * BUYERS
    for payer in payers:
        owed = confirmations(bench, payer)
        assert set(owed.values()) == {1}
        assert any(handler.startswith("notifications.") for handler in owed)
    what = "return page, second window, webhook twice and the clock at once"
    figures.note(what, bench.engine, payments=BUYERS, captures=BUYERS, mails=BUYERS)


@pytest.mark.control
def test_control_without_a_look_at_its_state_a_payment_is_noted_twice(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("payment_condition")
    assert max(captures(shop, payer) for payer in run(shop)) > 1
