"""Writes orders: makes one from what was agreed, moves it, notes how its money stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, null, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.services import custom
from shop.extensions import db
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.money import Money
from shop.lib.tokens import new_token
from shop.orders.errors import BadDays, NoteMissing, OrderOver
from shop.orders.models import Order, OrderCounter, OrderHistory, OrderLine
from shop.orders.states import NEXT, NO_REVENUE, OVER, REVIVAL, UNPACKING, OrderState, PaymentStanding
from shop.store import trading

A_DAY, LONGEST_WAY = timedelta(days=1), timedelta(days=366)


def make_order(fields: dict[str, Any], lines: list[OrderLine], by: Actor) -> Order:
    """Write an order in its first state under the next number and an unguessable token. Raises CountryChanged."""
    trading.begin()
    placed_at = now()
    order = Order(
        **fields,
        number=next_number(placed_at.year),
        token=new_token(),
        state=OrderState.PLACED,
        payment_standing=PaymentStanding.PENDING,
        placed_at=placed_at,
        lines=lines,
        history=[_entry(None, OrderState.PLACED, by)],
    )
    db.session.add(order)
    db.session.flush()
    if order.user_id:
        custom.note_orders(order.user_id, [placed_at], [order.total])
    return order


def next_number(year: int) -> str:
    """ORD-2026-0001, ORD-2026-0002 and so on; simultaneous buyers queue at the counter's row."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    first = dialect.insert(OrderCounter).values(year=year, last=1)
    counted = first.on_conflict_do_update(index_elements=["year"], set_={"last": OrderCounter.last + 1})
    last = db.session.scalar(counted.returning(OrderCounter.last))
    return f"ORD-{year}-{last:04d}"


def lock_order(order_id: int) -> Order:
    """The order, with its row locked until the unit ends: whoever changes its money or goods comes here first."""
    locked = select(Order).where(Order.id == order_id).with_for_update(of=Order)
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def move_order(order: Order, to: OrderState, by: Actor, note: str = "", **also: Any) -> None:
    """Move an order, or raise WrongState; the row count decides between two movers."""
    came_from = states.move(order, to, NEXT, **also)
    record(order, came_from, to, by, note)
    if to in NO_REVENUE and order.user_id:
        custom.note_less(order.user_id, order.spend)


def revive_order(order: Order, by: Actor, note: str, **also: Any) -> None:
    """Take on again what was cancelled, once its goods are held and its money is there. Raises WrongState."""
    came_from = states.move(order, OrderState.CONFIRMED, REVIVAL, **also)
    record(order, came_from, OrderState.CONFIRMED, by, note)
    if order.user_id:
        custom.note_more(order.user_id, order.spend)


def unpack_order(order: Order, by: Actor) -> None:
    """Let a packed order wait for packing again. Raises WrongState."""
    record(order, states.move(order, OrderState.CONFIRMED, UNPACKING), OrderState.CONFIRMED, by)


def record(order: Order, came_from: str | None, to: str, by: Actor, note: str = "") -> None:
    """Write a row of the order's history: a move, or a note where both states are the same."""
    entry = _entry(came_from, to, by, note)
    entry.order_id = order.id
    db.session.add(entry)
    db.session.flush()


def write_note(order: Order, text: str, by: Actor) -> None:
    """Keep a note of the shop's own on an order; the buyer is not told of it. Raises NoteMissing."""
    if not text.strip():
        raise NoteMissing
    record(order, order.state, order.state, by, text.strip())


def promise_delivery(order: Order, first: date, last: date, by: Actor) -> None:
    """Say anew between which days an order arrives, both included. Raises OrderOver or BadDays."""
    order = lock_order(order.id)
    if order.state in OVER:
        raise OrderOver(order.state)
    if not order.placed_at.date() - A_DAY <= first <= last <= order.placed_at.date() + LONGEST_WAY:
        raise BadDays
    _set(order, arrives_from=first, arrives_to=last)
    days = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    record(order, order.state, order.state, by, f"Delivery promised for {days}")


def archive(order: Order, by: Actor) -> None:
    """Put an order away, out of the owner's lists; it stays in the books."""
    _set(order, archived_at=now())
    record(order, order.state, order.state, by, "Archived")


def unarchive(order: Order, by: Actor) -> None:
    """Bring an order that was put away back into the owner's lists."""
    _set(order, archived_at=None)
    record(order, order.state, order.state, by, "Taken out of the archive")


def set_standing(order: Order, standing: PaymentStanding) -> None:
    """Note how the order stands with its money; payments call this when their ledger changes."""
    _set(order, payment_standing=standing)


def note_refund(order: Order, amount: Money) -> None:
    """Note that so much of what was paid for a locked order went back; its buyer spent less."""
    _set(order, refunded=Order.refunded + amount)
    if order.user_id and order.state not in NO_REVENUE:
        custom.note_less(order.user_id, amount)


def claim_order(order: Order, user_id: int) -> None:
    """Give a guest's order to a person who proved they hold its link; an order with an owner stays theirs."""
    claim_all(Order.id == order.id, user_id)
    db.session.refresh(order, ["user_id"])


def claim_all(which: ColumnElement[bool], user_id: int) -> None:
    """Give these orders to a person, as far as they are nobody's."""
    claimed = update(Order).where(which, Order.user_id.is_(None)).values(user_id=user_id)
    found = db.session.execute(claimed.returning(Order.placed_at, Order.total, Order.refunded, Order.state)).all()
    worth = [row.total - row.refunded for row in found if row.state not in NO_REVENUE]
    custom.note_orders(user_id, [row.placed_at for row in found], worth)


def show_picture(product_id: int, stem: str, picture: dict[str, Any] | None) -> None:
    """Let lines that show a picture whose files go show another one, or none."""
    shown = update(OrderLine).where(OrderLine.product_id == product_id, OrderLine.picture["stem"].as_string() == stem)
    db.session.execute(shown.values(picture=null() if picture is None else picture))


def _set(order: Order, **values: Any) -> None:
    """Write columns of an order; its history, or the ledger of its payments, tells of it."""
    db.session.execute(update(Order).where(Order.id == order.id).values(**values))
    db.session.refresh(order, [*values])


def _entry(came_from: str | None, to: str, by: Actor, note: str = "") -> OrderHistory:
    return OrderHistory(
        from_state=came_from,
        to_state=to,
        actor_kind=by.kind,
        actor=by.name,
        user_id=by.user_id,
        ip=by.ip,
        note=note[:500],
    )
