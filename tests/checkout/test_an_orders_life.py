"""Orders against a small model of the shop: whatever happens in whatever order, goods and money add up.

The model knows how many units lie on the shelf, which of an order's states follows which, and what was paid and given
back. What it does not allow the shop must refuse, and then nothing may have changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from shop.aftersales.services import cancel_order, receive_back
from shop.catalog.models import Variant
from shop.checkout.services import expire_order, finish_payment, pay_another_way, start_payment
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.models import Parcel
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.money import ZERO, Money, allocate, total
from shop.lib.queries import one_or_none, rows
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments import queries as payment_queries
from shop.payments import refunds
from shop.payments.gateways.sandbox import services as bank
from shop.stock.models import StockLevel
from shop.store.cash_settings import CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.checkout.buying import CARD_OK, CARD_REFUSED, keys, order_by
from tests.checkout.in_parts import a_buyer, ask_for_parts
from tests.factories import a_variant
from tests.support.outbox import run_outbox

RUNS, STEPS, UNITS = 2_000 if os.environ.get("SHOP_TEST_LONG") else 200, 30, 12
PARTS = 5
"""So many tests share the runs: each is soon over, and several processes work on them."""
GONE = ("cancelled", "returned")
SENT = ("shipped", "out_for_delivery", "delivered", "delivery_failed", "returning")
MOVES = {
    "confirm": (("placed",), "confirmed"),
    "pack": (("confirmed",), "packed"),
    "ship": (("packed",), "shipped"),
    "send out": (("shipped", "delivery_failed"), "out_for_delivery"),
    "hand over": (("out_for_delivery",), "delivered"),
    "fail": (("out_for_delivery",), "delivery_failed"),
    "turn back": (("delivery_failed",), "returning"),
    "take back": (("returning",), "returned"),
    "cancel": (("placed", "confirmed", "packed"), "cancelled"),
}

OF_PARCELS: dict[str, Callable[[Parcel], Any]] = {
    "ship": lambda parcel: fulfilment.ship_parcel(parcel, "Sandbox courier", "AWB1", SYSTEM),
    "send out": lambda parcel: fulfilment.send_out(parcel, SYSTEM),
    "hand over": lambda parcel: fulfilment.deliver_parcel(parcel, SYSTEM, override_reason="Known at the door"),
    "fail": lambda parcel: fulfilment.fail_delivery(parcel, "Not at home", SYSTEM),
    "turn back": lambda parcel: fulfilment.start_return(parcel, SYSTEM),
}
OF_ORDERS: dict[str, Callable[[Order], Any]] = {
    "confirm": lambda order: fulfilment.confirm_order(order, SYSTEM),
    "pack": lambda order: fulfilment.pack_order(order, SYSTEM),
    "take back": lambda order: receive_back(order, SYSTEM),
    "cancel": lambda order: cancel_order(order, SYSTEM, "Changed their mind"),
}


@dataclass
class Known:
    """What the model knows of an order; amounts in minor units."""

    id: int
    units: int
    method: str
    line: int
    goods: Money
    total: Money
    state: str = "placed"
    is_open: bool = True
    paid: Money = ZERO
    given_back: Money = ZERO
    units_given_back: int = 0
    part: Money = ZERO

    @property
    def waits(self) -> bool:
        """Whether it is not taken on before a bank has taken all of it, or the part before cash."""
        return self.state == "placed" and (self.method == "card" or bool(self.part))

    @property
    def holds(self) -> int:
        """Units it keeps from being sold to others."""
        return 0 if self.state in (*GONE, *SENT) else self.units

    @property
    def has_left(self) -> int:
        """Units that are not on the shelf any more."""
        return self.units if self.state in SENT else 0


class Lives(RuleBasedStateMachine):
    """One article, and all the orders for it."""

    orders: Bundle[Known] = Bundle("orders")

    @initialize()
    def open_shop(self) -> None:
        variant = a_variant(units=UNITS)
        self.variant_id = variant.id
        self.known: list[Known] = []
        ask_for_parts()
        self.weigh_buyers(on=False)

    def has_no_parcel(self, order: Known) -> bool:
        with unit_of_work(read_only=True):
            return _parcel(order.id) is None

    @property
    def for_sale(self) -> int:
        return UNITS - sum(one.holds + one.has_left for one in self.known)

    @rule(on=st.booleans())
    def weigh_buyers(self, on: bool) -> None:
        """Whether who chooses cash from now on pays a part before."""
        set_value(CASH_WEIGHED, on)
        db.session.commit()
        self.asks_for_parts = on

    def part_of(self, method: str, whole: Money) -> Money:
        return whole.share(20, 100) if method == "cod" and self.asks_for_parts else ZERO

    @precondition(lambda self: self.for_sale > 0)
    @rule(target=orders, units=st.integers(1, 3), method=st.sampled_from(("cod", "card")))
    def place(self, units: int, method: str) -> Known:
        variant = db.session.get_one(Variant, self.variant_id)
        buyer = a_buyer(variant, way=method, quantity=min(units, self.for_sale))
        order = _order(order_by(buyer, key=f"key-{next(keys)}"))
        [line] = order.lines
        part = self.part_of(method, order.total)
        self.known.append(Known(order.id, line.quantity, method, line.id, line.total, order.total, part=part))
        db.session.rollback()
        self.same(self.known[-1])
        return self.known[-1]

    @rule(order=orders, card=st.sampled_from((CARD_OK, CARD_REFUSED)))
    def pay(self, order: Known, card: str) -> None:
        may = order.waits and order.is_open
        attempt(may, lambda: _pay(order.id, card))
        if may:
            order.is_open = card == CARD_OK and bool(order.part)
            if card == CARD_OK:
                order.paid, order.state = order.part or order.total, "confirmed"
        self.same(order)

    @rule(order=orders, method=st.sampled_from(("cod", "card")))
    def choose_another_way(self, order: Known, method: str) -> None:
        may = order.state == "placed"
        attempt(may, in_unit(lambda: pay_another_way(_order(order.id), method, "card")))
        if may:
            order.method, order.is_open, order.part = method, True, self.part_of(method, order.total)
        self.same(order)

    @rule(order=orders, name=st.sampled_from(tuple(MOVES)))
    def try_any_move(self, order: Known, name: str) -> None:
        self.move(order, name)

    def move(self, order: Known, name: str) -> None:
        came_from, to = MOVES[name]
        may = order.state in came_from and not (name == "confirm" and order.waits)
        if name in OF_PARCELS and self.has_no_parcel(order):
            return
        attempt(may, in_unit(lambda: _act(name, order.id)))
        if may:
            order.state = to
            if to in GONE:
                order.is_open, order.given_back = False, order.paid
        self.same(order)

    @rule(order=orders, moves=st.integers(1, 8), goes_wrong=st.booleans())
    def live_on(self, order: Known, moves: int, goes_wrong: bool) -> None:
        """Moves that its state allows, so that some lives go to their end."""
        for _ in range(moves):
            names = [name for name, (came_from, _) in MOVES.items() if order.state in came_from and name != "cancel"]
            if names:
                self.move(order, names[-1 if goes_wrong else 0])

    @rule(order=orders)
    def collect(self, order: Known) -> None:
        may = order.state == "delivered" and order.method == "cod" and order.is_open
        attempt(may, in_unit(lambda: fulfilment.collect_cash(_order(order.id), SYSTEM)))
        if may:
            order.paid, order.is_open = order.total, False
        self.same(order)

    @rule(order=orders, units=st.integers(1, 3))
    def give_back(self, order: Known, units: int) -> None:
        """By line, to the store's credit or the way it came: cash needs an account, so it is left out here."""
        if order.method == "cod":
            return
        may = order.given_back < order.paid and order.units_given_back + units <= order.units
        wanted = refunds.Wanted("Too wide", {order.line: units})
        attempt(may, in_unit(lambda: refunds.refund(_order(order.id), wanted, SYSTEM)))
        if may:
            parts = allocate(order.goods, [1] * order.units)
            order.given_back += sum(parts[order.units_given_back : order.units_given_back + units], ZERO)
            order.units_given_back += units
        self.same(order)

    @rule(order=orders)
    def run_out_of_time(self, order: Known) -> None:
        may = order.waits
        with unit_of_work():
            _order(order.id).unpaid_until = now() if may else None
        assert expire_order(order.id) == may
        if may:
            order.state, order.is_open = "cancelled", False
        self.same(order)

    @rule()
    def let_the_outbox_run(self) -> None:
        run_outbox()
        for order in self.known:
            self.same(order)

    def same(self, order: Known) -> None:
        """The shop's books say of this order, and of the shelf, what the model says."""
        with unit_of_work(read_only=True):
            row = _order(order.id)
            tenders = rows(payment_queries.payments_of(order.id))
            left = total([payment_queries.refundable(tender) for tender in tenders])
            books = (row.state, payment_queries.captured(order.id), left)
            level = db.session.get_one(StockLevel, self.variant_id)
            shelf = (level.on_hand, level.reserved)
        assert books == (order.state, order.paid, order.paid - order.given_back)
        assert shelf == (UNITS - sum(one.has_left for one in self.known), sum(one.holds for one in self.known))


def attempt(may: bool, act: Callable[[], Any]) -> None:
    """Do it; what the model does not allow must be refused in words."""
    if may:
        act()
        return
    with pytest.raises(ShopError):
        act()


def in_unit(act: Callable[[], Any]) -> Callable[[], Any]:
    """The act as the edge would do it."""

    def act_in_unit() -> None:
        with unit_of_work():
            act()

    return act_in_unit


def _order(order_id: int) -> Order:
    return db.session.get_one(Order, order_id)


def _parcel(order_id: int) -> Parcel | None:
    newest = select(Parcel).where(Parcel.order_id == order_id).order_by(Parcel.id.desc()).limit(1)
    return one_or_none(newest)


def _act(name: str, order_id: int) -> None:
    if name in OF_ORDERS:
        OF_ORDERS[name](_order(order_id))
    elif parcel := _parcel(order_id):
        OF_PARCELS[name](parcel)


def _pay(order_id: int, card: str) -> None:
    intent = start_payment(order_id).removeprefix("/bank/")
    with unit_of_work():
        bank.pay_card(intent, card)
    finish_payment(order_id)


@pytest.mark.covers("ORD-03", "PAY-05")
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_to_orders_goods_and_money_add_up(app: Flask, part: int) -> None:
    db.session.rollback()
    # Thirty steps are soon read; to make them fewer takes the shop minutes.
    chosen = settings(max_examples=RUNS // PARTS, stateful_step_count=STEPS, phases=[Phase.generate],
                      suppress_health_check=list(HealthCheck))  # fmt: skip
    run_state_machine_as_test(Lives, settings=chosen)
    run_outbox()
    assert audit() == []
