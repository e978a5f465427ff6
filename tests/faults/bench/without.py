"""The shop with one guard taken out, for controls: a bench that cannot see what the guard prevents proves nothing.

`WITHOUT` names the guard; `python -m tests.faults.bench.without work` is the worker of such a shop.
What looks first and writes later does its looking before the request's unit is opened.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from flask import g, request
from sqlalchemy import func, select, update

from shop.accounts.services import people
from shop.accounts.visits import visitor
from shop.checkout import handlers as checkout_handlers
from shop.checkout import services
from shop.checkout.proposals import last_edit, propose
from shop.checkout.services import expiring, paying, placing, reviving
from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.invoices.services import issuing
from shop.lib import faults, idempotency, states
from shop.lib.actor import SYSTEM
from shop.lib.events import HANDLERS
from shop.lib.jobs import running
from shop.lib.unit_of_work import unit_of_work
from shop.membership import services as membership
from shop.orders.models import Order
from shop.orders.services import lock_order, record
from shop.payments import handlers as payment_handlers
from shop.payments import queries as payment_queries
from shop.payments.events import RefundOwed
from shop.payments.gateways.base import IntentStatus
from shop.payments.models import PaymentEntry, Refund
from shop.payments.refunds import record_refund
from shop.payments.services import cancel_open_payments
from shop.promotions import queries as promotion_queries
from shop.promotions import redemptions
from shop.promotions.models import Promotion, Redemption
from shop.stock import services as stock_services
from shop.stock.errors import OutOfStock
from shop.stock.models import Hold, StockLevel
from wsgi import app


def stock_condition() -> None:
    """Units are kept after a look at what is there, not by the statement that looks and writes at once."""
    free = select(StockLevel.variant_id, StockLevel.on_hand - StockLevel.reserved, StockLevel.reserved)

    def look() -> None:
        with unit_of_work(read_only=True):
            g.levels = {id: (left, reserved) for id, left, reserved in db.session.execute(free)}

    def hold(order_id: int, units: Mapping[int, int]) -> None:
        for variant_id, wanted in units.items():
            left, reserved = g.levels[variant_id]
            if left < wanted:
                raise OutOfStock({variant_id: left}, {})
            level = update(StockLevel).where(StockLevel.variant_id == variant_id)
            db.session.execute(level.values(reserved=reserved + wanted))
            db.session.add(Hold(order_id=order_id, variant_id=variant_id, units=wanted))

    app.before_request(look)
    stock_services.hold = hold


def stock_at_revival() -> None:
    """An order that is taken on again is confirmed without a piece of its own."""
    reviving.stock_services = SimpleNamespace(hold=lambda _order_id, _units: None)


def coupon_slots() -> None:
    """Uses of a coupon are counted before the unit is opened, and no number is kept from being given twice."""
    counted = select(Redemption.promotion_id, func.count()).where(Redemption.freed_at.is_(None))
    highest = select(func.coalesce(func.max(Redemption.slot), 0))

    def look() -> None:
        with unit_of_work(read_only=True):
            g.uses = dict(db.session.execute(counted.group_by(Redemption.promotion_id)).all())

    def next_slot(promotion: Promotion) -> int:
        return (db.session.scalar(highest.where(Redemption.promotion_id == promotion.id)) or 0) + 1

    app.before_request(look)
    promotion_queries.uses_by_id = lambda _ids: g.uses
    redemptions._next_slot = next_slot


def key() -> None:
    """Every post is a new wish: the key counts for nothing, and the bag stays full."""
    claim = idempotency.claim
    idempotency.claim = lambda scope, _key, request: claim(scope, secrets.token_hex(8), request)
    placing._clear = lambda _cart: None


def state_condition() -> None:
    """Orders, parcels and refunds move first from the state they were seen in, whatever has become of them since."""
    move = states.move

    def look() -> None:
        with unit_of_work(read_only=True):
            g.seen = {
                (m, id): state
                for m in (Order, Parcel, Refund)
                for id, state in db.session.execute(select(m.id, m.state))
            }

    def move_as_seen(row: Any, to: Any, table: Any, **also: Any) -> Any:
        came_from = g.get("seen", {}).pop((type(row), row.id), None)
        if came_from is None:
            return move(row, to, table, **also)
        if to not in table.get(came_from, ()):
            raise states.WrongState(row.__tablename__, came_from, to)
        db.session.execute(update(type(row)).where(type(row).id == row.id).values(state=to, **also))
        db.session.refresh(row)
        return type(to)(came_from)

    app.before_request(look)
    states.move = move_as_seen


def payment_condition() -> None:
    """Whoever hears that the bank has the money notes it, without a look at how the payment stands by now."""

    def note(order_id: int, payment_id: int, status: IntentStatus) -> str:
        if status.state == "succeeded":
            entry = PaymentEntry(payment_id=payment_id, kind="captured", amount=status.amount)
            entry.reference = secrets.token_hex(8)
            db.session.add(entry)
        return "paid" if status.state == "succeeded" else "pending"

    paying.settle = note


def second_look() -> None:
    """The clock cancels what it found unpaid, without looking again under the order's lock."""

    def cancel(order_id: int) -> bool:
        with unit_of_work():
            order = lock_order(order_id)
            db.session.execute(update(Order).where(Order.id == order_id).values(state="cancelled", unpaid_until=None))
            record(order, order.state, "cancelled", SYSTEM)
            stock_services.release(order_id)
            cancel_open_payments(order)
        return True

    expiring.expire_order = cancel


def one_unit() -> None:
    """What was written so far is committed while the rest of the order is still to come."""
    hold = stock_services.hold

    def hold_and_commit(order_id: int, units: Mapping[int, int]) -> None:
        hold(order_id, units)
        db.session.commit()

    stock_services.hold = hold_and_commit


def one_unit_to_each_point() -> None:
    """Whoever comes by a point within a unit commits what is written so far."""
    point = faults.point

    def commit_and_stop(name: str) -> None:
        if g.get("unit_is_open", False):
            db.session.commit()
        point(name)

    faults.point = commit_and_stop


def one_unit_of_erasure() -> None:
    """What was emptied so far is committed while the rest of the account is still to come."""
    last = [place for place, holding in enumerate(membership.HOLDINGS) if callable(holding.erase)][-1]
    erase: Any = membership.HOLDINGS[last].erase

    def commit_and_erase(user_id: int) -> None:
        db.session.commit()
        erase(user_id)

    holdings = list(membership.HOLDINGS)
    holdings[last] = replace(holdings[last], erase=commit_and_erase)
    membership.HOLDINGS = tuple(holdings)


def one_unit_of_step() -> None:
    """What a job's step did is committed before it is noted that it did."""
    note = running._note

    def commit_and_note(job: Any, went: Any, began: float) -> None:
        db.session.commit()
        note(job, went, began)

    running._note = commit_and_note


def one_unit_of_number() -> None:
    """An invoice's number is committed before the invoice that has it."""
    take = issuing.take_number

    def take_and_commit(series: str) -> int:
        taken = take(series)
        db.session.commit()
        return taken

    issuing.take_number = take_and_commit


def reasons_under_the_lock() -> None:
    """Whether an account may go is looked at before it is emptied, as if nobody could order in between."""
    reasons_of = membership.reasons_to_stay

    def look() -> None:
        if request.endpoint == "deletion.erase":
            with unit_of_work(read_only=True):
                g.reasons = reasons_of(visitor().user_id or 0)

    app.before_request(look)
    membership.reasons_to_stay = lambda _user_id: g.get("reasons", [])


def held_person() -> None:
    """Nobody looks whether a person is still there before something of theirs is written."""
    people.hold = lambda _user_id: None


def asking_the_bank() -> None:
    """The clock gives up on orders by its own book alone, and banks tell nothing."""
    expiring.finish_payment = lambda order_id: None
    checkout_handlers.close_given_up = lambda payment_id: None
    payment_handlers.tell = lambda intent_id, state: None


def note_after_the_bank() -> None:
    """A refund is noted as done before the bank is asked."""

    def note_first(event: RefundOwed) -> None:
        with unit_of_work():
            refund = db.session.get_one(Refund, event.refund_id)
            if refund.state == "pending":
                record_refund(refund, "noted first")
        faults.point("payment.given_back")

    name = "payments.handlers:make_refund:RefundOwed"
    HANDLERS[name] = replace(HANDLERS[name], function=note_first)


def pending_refunds() -> None:
    """What is left to give back is told by what was paid alone."""
    given_back, nobodys = payment_queries._given_back, 0
    payment_queries._given_back = lambda _order_id: given_back(nobodys)
    payment_queries.refundable = lambda payment: payment.amount


def edit_seen() -> None:
    """Whoever changes an order's lines is taken to have seen it as it is by now."""
    edit = services.edit_order
    services.edit_order = lambda order, units, seen, note, by: edit(order, units, _seen_now(order, units), note, by)


def _seen_now(order: Order, units: Mapping[int, int]) -> tuple[int, int]:
    order = lock_order(order.id)
    newest = last_edit(order.id)
    return (newest.id if newest else 0, propose(order, units).quote.total.minor)


globals()[os.environ["WITHOUT"]]()

if __name__ == "__main__":
    import worker

    worker.main(sys.argv[1:])
