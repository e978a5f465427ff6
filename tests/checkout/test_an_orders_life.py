"""Orders against a small model of the shop: whatever happens in whatever order, goods and money add up.

The model (`tests/checkout/life.py`) knows how many units of two sizes lie on the shelf, which of an order's states
follows which, what its lines cost with a coupon or without, and what was paid and given back. What it does not allow
the shop must refuse, and then nothing may have changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select, type_coerce, update

from shop.accounts.visitor import Visitor
from shop.aftersales.rest import cancel_rest
from shop.aftersales.services import cancel_order, receive_back
from shop.cart.models import Cart
from shop.cart.queries import bag_of
from shop.catalog.models import Variant
from shop.checkout.proposals import last_edit
from shop.checkout.services import edit_order, expire_order, finish_payment, pay_another_way, start_payment
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.models import Parcel
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.columns import MoneyColumn
from shop.lib.errors import ShopError
from shop.lib.money import ZERO, Money
from shop.lib.queries import one_or_none
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments import queries as payment_queries
from shop.payments import refunds
from shop.payments.gateways.sandbox import services as bank
from shop.payments.models import Payment, PaymentEntry, Refund
from shop.promotions.models import Redemption
from shop.stock.models import StockLevel
from shop.store.cash_settings import CASH_WEIGHED
from shop.store.setting_services import set_value
from tests.checkout.buying import CARD_OK, CARD_REFUSED, keys, order_by
from tests.checkout.in_parts import a_buyer, ask_for_parts
from tests.checkout.life import AT_LEAST, MOVES, OF_PARCELS, OFF, PRICE, SIZES, UNITS, USES, Known
from tests.factories import a_product
from tests.promotions.making import a_coupon
from tests.support.outbox import run_outbox

RUNS, STEPS = 2_000 if os.environ.get("SHOP_TEST_LONG") else 200, 30
PARTS = 5
"""So many tests share the runs: each is soon over, and several processes work on them."""
ACTS: dict[str, Callable[[Any], Any]] = {
    "ship": lambda parcel: fulfilment.ship_parcel(parcel, "Sandbox courier", "AWB1", SYSTEM),
    "send out": lambda parcel: fulfilment.send_out(parcel, SYSTEM),
    "hand over": lambda parcel: fulfilment.deliver_parcel(parcel, SYSTEM, override_reason="Known at the door"),
    "fail": lambda parcel: fulfilment.fail_delivery(parcel, "Not at home", SYSTEM),
    "turn back": lambda parcel: fulfilment.start_return(parcel, SYSTEM),
    "take back": lambda parcel: receive_back(parcel.order, SYSTEM),
    "confirm": lambda order: fulfilment.confirm_order(order, SYSTEM),
    "pack": lambda order: fulfilment.pack_order(order, SYSTEM),
    "cancel": lambda order: cancel_order(order, SYSTEM, "Changed their mind"),
}
ALL_TOGETHER = ("pack", "fail")
"""Not done with an order of which some is in a parcel: it would have two."""


class Lives(RuleBasedStateMachine):
    """One article in two sizes, one coupon, and all the orders for it."""

    orders: Bundle[Known] = Bundle("orders")

    @initialize()
    def open_shop(self) -> None:
        sizes = a_product(price=PRICE.minor, sizes=SIZES, units=UNITS).variants
        self.variants = {size: one.id for size, one in zip(SIZES, sizes, strict=True)}
        self.code = f"LIFE{next(keys)}"
        self.coupon_id = a_coupon(self.code, value=OFF * 100, minimum=AT_LEAST.minor, uses_limit=USES).id
        self.known: list[Known] = []
        ask_for_parts()
        self.weigh_buyers(on=False)

    def for_sale(self, size: str) -> int:
        return UNITS - sum(one.holds(size) + one.has_left(size) for one in self.known)

    @property
    def uses(self) -> int:
        """How many orders have the coupon now."""
        return sum(one.is_reduced and one.state != "cancelled" for one in self.known)

    def takes_off(self, order: Known, number: int) -> bool:
        """Whether its coupon counts for so many units; one it has stays its own."""
        has_one = order.is_reduced or self.uses < USES
        return order.has_coupon and PRICE * number >= AT_LEAST and has_one

    @rule(on=st.booleans())
    def weigh_buyers(self, on: bool) -> None:
        """Whether who chooses cash from now on pays a part before."""
        set_value(CASH_WEIGHED, on)
        db.session.commit()
        self.asks_for_parts = on

    def part_of(self, method: str, whole: Money) -> Money:
        return whole.share(20, 100) if method == "cod" and self.asks_for_parts else ZERO

    @precondition(lambda self: self.for_sale("M") > 0)
    @rule(target=orders, units=st.integers(1, 3), method=st.sampled_from(("cod", "card")), coupon=st.booleans())
    def place(self, units: int, method: str, coupon: bool) -> Known:
        units = min(units, self.for_sale("M"))
        buyer = a_buyer(db.session.get_one(Variant, self.variants["M"]), way=method, quantity=units)
        found = Known(0, {"M": units}, method, has_coupon=coupon and units > 1 and self.uses < USES)
        found.is_reduced = found.has_coupon
        order_id = order_by(_with_coupon(buyer, self.code) if found.has_coupon else buyer, key=f"key-{next(keys)}")
        found.id, found.part = order_id, self.part_of(method, found.total)
        db.session.rollback()
        self.known.append(found)
        self.same(found)
        return found

    @rule(order=orders, card=st.sampled_from((CARD_OK, CARD_REFUSED)))
    def pay(self, order: Known, card: str) -> None:
        may = (order.waits or order.owes_rest) and order.is_open
        attempt(may, lambda: _pay(order.id, card))
        if may:
            order.is_open = card == CARD_OK and order.state == "placed" and bool(order.part)
            if card == CARD_OK:
                order.paid = order.part if order.waits and order.part else order.total
                order.state = "confirmed"
        self.same(order)

    @rule(order=orders, method=st.sampled_from(("cod", "card")))
    def choose_another_way(self, order: Known, method: str) -> None:
        may = order.state == "placed" or order.owes_rest
        attempt(may, in_unit(lambda: pay_another_way(_order(order.id), method, "card")))
        if may:
            order.method, order.is_open = method, True
            order.part = self.part_of(method, order.total) if order.state == "placed" else ZERO
        self.same(order)

    def take_on(self, order: Known) -> None:
        """Let an order that waits be paid, or the shop confirm it."""
        if order.waits and order.is_open:
            self.pay(order, CARD_OK)
        elif order.may("confirm"):
            self.move(order, "confirm")

    @rule(order=orders, medium=st.integers(0, 4), large=st.integers(0, 2), later=st.booleans())
    def change_lines(self, order: Known, medium: int, large: int, later: bool) -> None:
        """More, fewer, another size; refused where the order is fixed, has these lines, or there are not so many."""
        if later:
            self.take_on(order)
        units = {"M": medium, "L": large}
        wanted = {size: count for size, count in units.items() if count}
        has_goods = all(count <= self.for_sale(size) + order.holds(size) for size, count in wanted.items())
        may = bool(wanted) and wanted != order.units and not order.is_fixed and has_goods
        is_reduced = self.takes_off(order, medium + large)
        after = Known(0, wanted, order.method, is_reduced=is_reduced).total
        attempt(may, in_unit(lambda: self.edit(order.id, units, after)))
        if may:
            order.change(units, is_reduced)
        self.same(order)

    def edit(self, order_id: int, units: dict[str, int], after: Money) -> None:
        newest = last_edit(order_id)
        wanted = {self.variants[size]: count for size, count in units.items()}
        edit_order(_order(order_id), wanted, (newest.id if newest else 0, after.minor), "", SYSTEM)

    @rule(order=orders, name=st.sampled_from(tuple(MOVES)))
    def try_any_move(self, order: Known, name: str) -> None:
        self.move(order, name)

    def move(self, order: Known, name: str) -> None:
        parcel_id = _parcel_id(order.id)
        if (name in OF_PARCELS and parcel_id is None) or (name in ALL_TOGETHER and order.is_split):
            return
        may = order.may(name)
        attempt(may, in_unit(lambda: ACTS[name](_parcel(parcel_id) if name in OF_PARCELS else _order(order.id))))
        if may:
            order.moved(name)
        self.same(order)

    @rule(order=orders, moves=st.integers(1, 5), goes_wrong=st.booleans())
    def live_on(self, order: Known, moves: int, goes_wrong: bool) -> None:
        """Moves that its state allows, so that some lives go to their end."""
        self.go_on(order, moves, goes_wrong)

    def go_on(self, order: Known, moves: int, goes_wrong: bool) -> None:
        for _ in range(moves):
            left_out = ("cancel", *(ALL_TOGETHER if order.is_split else ()))
            names = [name for name in MOVES if order.may(name) and name not in left_out]
            if names:
                self.move(order, names[-1 if goes_wrong else 0])

    @rule(order=orders, moves=st.integers(0, 3), drops=st.booleans())
    def pack_one(self, order: Known, moves: int, drops: bool) -> None:
        """One unit of several goes on its way, so that there is a rest; it may be cancelled at once."""
        self.take_on(order)
        if order.state != "confirmed" or order.box or order.number < 2:
            return
        size = next(iter(order.units))
        attempt(not order.owes_rest, in_unit(lambda: self.pack(order.id, size)))
        if not order.owes_rest:
            order.box, order.boxed = "packed", {size: 1}
            self.go_on(order, moves, goes_wrong=False)
        if drops:
            self.drop_rest(order)
        self.same(order)

    def pack(self, order_id: int, size: str) -> None:
        order = _order(order_id)
        line = next(line for line in order.lines if line.size == size)
        fulfilment.pack_units(order, {line.id: 1}, SYSTEM)

    @rule(order=orders, packs=st.booleans())
    def take_apart(self, order: Known, packs: bool) -> None:
        if packs and order.may("pack") and not order.is_split:
            self.move(order, "pack")
        parcel_id = _parcel_id(order.id)
        if parcel_id is None:
            return
        may = order.box == "packed"
        attempt(may, in_unit(lambda: fulfilment.unpack(_parcel(parcel_id), SYSTEM)))
        if may:
            order.box, order.boxed, order.state = "", {}, "confirmed"
        self.same(order)

    @rule(order=orders)
    def drop_rest(self, order: Known) -> None:
        if not order.box:
            return
        may = order.is_split and order.box in ("shipped", "out_for_delivery", "delivered")
        attempt(may, in_unit(lambda: cancel_rest(_order(order.id), SYSTEM, "")))
        if may:
            order.drop_rest()
        self.same(order)

    @rule(order=orders)
    def collect(self, order: Known) -> None:
        may = order.box == "delivered" and bool(order.cash_of_box) and not order.cash_in
        attempt(may, in_unit(lambda: fulfilment.collect_cash(_order(order.id), SYSTEM)))
        if may:
            order.cash_in = order.cash_of_box
            order.paid, order.is_open = order.paid + order.cash_in, order.is_split
        self.same(order)

    @rule(order=orders, units=st.integers(1, 3), size=st.sampled_from(SIZES))
    def give_back(self, order: Known, units: int, size: str) -> None:
        """By line, to the store's credit or the way it came: cash needs an account, so it is left out here."""
        if order.method == "cod" or size not in order.units or order.is_dropped:
            return
        self.take_on(order)
        before = order.units_given_back.get(size, 0)
        is_there = before + units <= order.units[size] and order.given_back < order.paid
        may = is_there and not order.owes_rest
        attempt(may, in_unit(lambda: self.refund(order.id, size, units)))
        if may:
            order.given_back += order.each * units
            order.units_given_back[size] = before + units
        self.same(order)

    def refund(self, order_id: int, size: str, units: int) -> None:
        order = _order(order_id)
        line = next(line for line in order.lines if line.size == size)
        refunds.refund(order, refunds.Wanted("Too wide", {line.id: units}), SYSTEM)

    @rule(order=orders)
    def run_out_of_time(self, order: Known) -> None:
        may = order.waits
        with unit_of_work():
            _order(order.id).unpaid_until = now() if may else None
        assert expire_order(order.id) == may
        if may:
            order.moved("cancel")
        self.same(order)

    @rule()
    def let_the_outbox_run(self) -> None:
        run_outbox()
        self.same(*self.known)

    def same(self, *orders: Known) -> None:
        """The shop's books say of these orders, of the shelf and of the coupon what the model says."""
        with unit_of_work(read_only=True):
            books = [_books(order.id) for order in orders]
            found = db.session.scalars(select(StockLevel).where(StockLevel.variant_id.in_(self.variants.values())))
            shelf = {level.variant_id: (level.on_hand, level.reserved) for level in found}
            taken = select(func.count(Redemption.id)).where(Redemption.promotion_id == self.coupon_id)
            uses = db.session.scalar(taken.where(Redemption.freed_at.is_(None)))
        assert books == [(one.state, one.total, one.paid, one.paid - one.given_back) for one in orders]
        assert shelf == {self.variants[size]: self.shelf(size) for size in SIZES}
        assert uses == self.uses

    def shelf(self, size: str) -> tuple[int, int]:
        """How many lie there, and how many of them are kept for orders."""
        return UNITS - sum(one.has_left(size) for one in self.known), sum(one.holds(size) for one in self.known)


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


def _with_coupon(buyer: Visitor, code: str) -> Visitor:
    db.session.execute(update(Cart).where(Cart.id == bag_of(buyer).cart_id).values(coupon_code=code))
    db.session.commit()
    return buyer


def _order(order_id: int) -> Order:
    return db.session.get_one(Order, order_id)


def _books(order_id: int) -> tuple[str, Money, Money, Money]:
    """State and total of an order, what came in for it, and what of that is still here."""
    row = _order(order_id)
    return row.state, row.total, payment_queries.captured(order_id), _kept(order_id)


def _kept(order_id: int) -> Money:
    """What of an order's money did not go back and is not about to."""
    of_order = Payment.order_id == order_id
    taken = select(func.coalesce(func.sum(PaymentEntry.amount), 0)).join(Payment).where(of_order)
    gone = select(func.coalesce(func.sum(Refund.amount), 0)).join(Payment).where(of_order, Refund.state != "failed")
    came_in = taken.where(PaymentEntry.kind == "captured").scalar_subquery()
    return db.session.scalars(select(type_coerce(came_in - gone.scalar_subquery(), MoneyColumn))).one()


def _parcel(parcel_id: int | None) -> Parcel:
    return db.session.get_one(Parcel, parcel_id)


def _parcel_id(order_id: int) -> int | None:
    """The newest parcel that is, or was, on its way."""
    with unit_of_work(read_only=True):
        of_order = select(Parcel.id).where(Parcel.order_id == order_id, Parcel.state.not_in(("not_sent", "cancelled")))
        return one_or_none(of_order.order_by(Parcel.id.desc()).limit(1))


def _pay(order_id: int, card: str) -> None:
    intent = start_payment(order_id).removeprefix("/bank/")
    with unit_of_work():
        bank.pay_card(intent, card)
    finish_payment(order_id)


@pytest.mark.covers("ORD-03", "ORD-07")
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_to_orders_goods_and_money_add_up(app: Flask, part: int) -> None:
    db.session.rollback()
    # Thirty steps are soon read; to make them fewer takes the shop minutes.
    chosen = settings(max_examples=RUNS // PARTS, stateful_step_count=STEPS, phases=[Phase.generate],
                      suppress_health_check=list(HealthCheck))  # fmt: skip
    run_state_machine_as_test(Lives, settings=chosen)
    run_outbox()
    assert audit() == []
