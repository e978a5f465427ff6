"""Reads of sends and of what is still owed, and the facts that letters need."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from shop.extensions import db
from shop.fulfilment.models import Parcel, ParcelHistory
from shop.fulfilment.queries import parcels_of
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.fulfilment.states import ParcelState
from shop.lib.models import OutboxEvent
from shop.lib.money import ZERO, Money, total
from shop.lib.queries import one_or_404, one_or_none, rows
from shop.notifications.models import Send
from shop.orders.models import Order, OrderHistory


@dataclass(frozen=True)
class SendFilter:
    """What the mail log is narrowed to; empty means all."""

    state: str = ""
    template: str = ""
    recipient: str = ""


def sends(wanted: SendFilter) -> Select[Send]:
    """Messages sent or tried, newest first."""
    found = select(Send).order_by(Send.id.desc())
    if wanted.state:
        found = found.where(Send.state == wanted.state)
    if wanted.template:
        found = found.where(Send.template == wanted.template)
    if wanted.recipient:
        found = found.where(Send.recipient.icontains(wanted.recipient, autoescape=True))
    return found


def send(send_id: int) -> Select[Send]:
    """One message."""
    return select(Send).where(Send.id == send_id)


def send_about(template: str, about: str) -> Send | None:
    """The one message of a template about something."""
    return one_or_none(select(Send).where(Send.template == template, Send.about == about))


def dead_letters() -> Select[OutboxEvent]:
    """Events whose handler failed too often; nothing happens to them until somebody says so."""
    given_up = OutboxEvent.dead_at.is_not(None), OutboxEvent.done_at.is_(None)
    return select(OutboxEvent).where(*given_up).order_by(OutboxEvent.id.desc())


def waiting_letters() -> Select[OutboxEvent]:
    """Events whose handler failed and that are tried again by themselves."""
    failing = OutboxEvent.failures > 0, OutboxEvent.dead_at.is_(None), OutboxEvent.done_at.is_(None)
    return select(OutboxEvent).where(*failing).order_by(OutboxEvent.due_at)


def failed_letter(outbox_id: int) -> Select[OutboxEvent]:
    """An event that failed at least once and is still owed."""
    failed = or_(OutboxEvent.failures > 0, OutboxEvent.dead_at.is_not(None))
    return select(OutboxEvent).where(OutboxEvent.id == outbox_id, OutboxEvent.done_at.is_(None), failed)


def order(order_id: int) -> Order:
    """An order with its lines."""
    return one_or_404(select(Order).where(Order.id == order_id).options(selectinload(Order.lines)))


def last_parcel_move(order_id: int, to: str) -> int | None:
    """The history row of the newest move of one of an order's parcels to a state."""
    moves = select(func.max(ParcelHistory.id)).join(Parcel, Parcel.id == ParcelHistory.parcel_id)
    return db.session.scalar(moves.where(Parcel.order_id == order_id, ParcelHistory.to_state == to))


def last_note(order_id: int, to: str) -> str:
    """What was noted when an order last moved to a state."""
    return db.session.scalar(_moves(order_id, to).with_only_columns(OrderHistory.note)) or ""


def tracked_parcels(order_id: int) -> list[Parcel]:
    """An order's parcels that a carrier has."""
    return rows(_parcels(order_id).where(Parcel.shipped_at.is_not(None)))


def unsent_parcels(order_id: int) -> list[Parcel]:
    """What of an order is not sent, because its rest was cancelled."""
    return rows(_parcels(order_id).where(Parcel.state == ParcelState.NOT_SENT))


def parcels_with_code(order_id: int) -> list[Parcel]:
    """An order's parcels that a courier brings today against a code."""
    on_the_way = rows(_parcels(order_id).where(Parcel.state == ParcelState.OUT_FOR_DELIVERY))
    return [parcel for parcel in on_the_way if parcel.otp]


def cash_at_the_door(order: Order, parcels: list[Parcel]) -> Money:
    """What is collected with some of an order's parcels; nothing where it is paid otherwise."""
    cash = cash_by_parcel(order, rows(parcels_of(order.id)))
    return total([cash.get(parcel.id, ZERO) for parcel in parcels])


def _parcels(order_id: int) -> Select[Parcel]:
    return select(Parcel).where(Parcel.order_id == order_id).order_by(Parcel.id)


def _moves(order_id: int, to: str) -> Select[OrderHistory]:
    moves = select(OrderHistory).where(OrderHistory.order_id == order_id, OrderHistory.to_state == to)
    is_move = OrderHistory.from_state.is_distinct_from(OrderHistory.to_state)
    return moves.where(is_move).order_by(OrderHistory.id.desc()).limit(1)
