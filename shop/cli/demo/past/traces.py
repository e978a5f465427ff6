"""The history of past orders, and the events they owed, all of them settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from shop.accounts.models import User
from shop.cli.demo.bulk import put
from shop.cli.demo.past.money import OWNER, collected_at
from shop.cli.demo.past.plans import Plan
from shop.cli.demo.past.stories import NOT_PAID
from shop.cli.demo.people import OWNER_ACCOUNT
from shop.cli.demo.source import Row
from shop.extensions import db
from shop.lib.actor import SYSTEM, Actor
from shop.lib.events import HANDLERS, Event
from shop.lib.models import OutboxEvent
from shop.orders.events import OrderPlaced
from shop.orders.models import OrderHistory
from shop.orders.states import OrderState
from shop.payments.events import RefundOwed

S = OrderState
NOTES = {S.DELIVERED: "Handed over against the code", S.RETURNED: "Back in the shop"}


def load(plans: list[Plan], owed: list[Row]) -> None:
    """Write history rows, the settled outbox rows of every order, and the open ones of refunds still owed."""
    owner_id = db.session.scalars(select(User.id).where(User.email == OWNER_ACCOUNT[0])).one()
    owner = Actor("staff", OWNER, owner_id)
    put(OrderHistory, (row for plan in plans for row in _history(plan, owner)))
    for plan in plans:
        put(OutboxEvent, _owed(OrderPlaced(plan.id), plan.placed_at, is_done=True))
    for refund in owed:
        put(OutboxEvent, _owed(RefundOwed(refund["id"]), refund["created_at"], is_done=False))


def _history(plan: Plan, owner: Actor) -> Iterator[Row]:
    buyer = _buyer(plan)
    came_from: OrderState | None = None
    for state, at in plan.when.items():
        yield _move(plan, came_from, state, _actor(plan, state, owner, buyer), _note(plan, state), at)
        came_from = state
    if collected := collected_at(plan):
        yield _move(plan, S.DELIVERED, S.DELIVERED, owner, "Cash collected", collected)


def _move(plan: Plan, came_from: str | None, to: str, by: Actor, note: str, at: datetime) -> Row:
    who = {"actor_kind": by.kind, "actor": by.name, "user_id": by.user_id, "ip": None}
    return {"order_id": plan.id, "from_state": came_from, "to_state": to, **who, "note": note, "created_at": at}


def _buyer(plan: Plan) -> Actor:
    return Actor("guest", "Guest") if plan.is_guest else Actor("customer", plan.order["name"], plan.customer["id"])


def _actor(plan: Plan, state: OrderState, owner: Actor, buyer: Actor) -> Actor:
    if state == S.PLACED:
        return buyer
    if state == S.CANCELLED:
        canceller = SYSTEM if plan.story.reason == NOT_PAID else buyer
        return owner if plan.story.by_staff else canceller
    return SYSTEM if state == S.CONFIRMED and plan.story.method != "cod" else owner


def _note(plan: Plan, state: OrderState) -> str:
    if state in (S.DELIVERY_FAILED, S.CANCELLED):
        return plan.story.reason
    if state == S.CONFIRMED:
        return "" if plan.story.method == "cod" else "Paid"
    return plan.tracking if state == S.SHIPPED else NOTES.get(state, "")


def _owed(event: Event, at: datetime, *, is_done: bool) -> Iterator[Row]:
    payload = dict(vars(event))
    for handler in HANDLERS.values():
        if handler.event is type(event):
            yield {
                "event": type(event).__name__,
                "subject_id": next(iter(payload.values())),
                "payload": payload,
                "handler": handler.name,
                "created_at": at,
                "due_at": at,
                "claim": 1 if is_done else 0,
                "failures": 0,
                "done_at": at if is_done else None,
            }
