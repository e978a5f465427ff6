"""What happened with a customer, out of everything that keeps a history of its own: the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile
from typing import Any

from sqlalchemy import or_, select

from shop.accounts.customers.models import CustomerNote, SupportVisit
from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.accounts.models import User
from shop.extensions import db
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.notifications.models import Send
from shop.operations.log.reading import ReadChange, read_changes
from shop.orders.models import Order, OrderHistory
from shop.payments.models import Payment, PaymentEntry

MOST = 40
# Told elsewhere on the customer's page, by those who keep them.
LEFT_OUT = (CustomerNote.__tablename__, SupportVisit.__tablename__)


class Kind(StrEnum):
    """What a moment is about."""

    REGISTERED = "registered"
    LOGIN = "login"
    ORDER = "order"
    MONEY = "money"
    MAIL = "mail"
    CHANGE = "change"


@dataclass(frozen=True)
class Moment:
    """Something that happened. `code` says what: a kind of login, an order's state, a state of a mail, …

    `number` is the order's; `text` is a mail's subject or who did it; `change` is an entry of the audit log, opened.
    """

    at: datetime
    kind: Kind
    code: str = ""
    number: str = ""
    text: str = ""
    amount: Money | None = None
    change: ReadChange | None = None


@dataclass(frozen=True)
class Stretch:
    """Some moments; `older` is when to go on before, None at the end."""

    moments: list[Moment]
    older: datetime | None


def story_of(person: User, before: datetime | None = None) -> Stretch:
    """What happened with a person before a moment; one statement a source, however long the story is."""
    found = sorted(_moments(person, before), key=lambda moment: moment.at, reverse=True)
    if len(found) <= MOST:
        return Stretch(found, None)
    # What happened at the same instant stays together: the next stretch begins before it.
    last = found[MOST - 1].at
    shown = list(takewhile(lambda moment: moment.at >= last, found))
    return Stretch(shown, last if len(shown) < len(found) else None)


def _moments(person: User, before: datetime | None) -> Iterator[Moment]:
    if before is None or person.created_at < before:
        yield Moment(person.created_at, Kind.REGISTERED)
    yield from _logins(person.id, before)
    yield from _orders(person.id, before)
    yield from _money(person.id, before)
    yield from _mails(person.id, before)
    yield from _changes(person.id, before)


def _logins(user_id: int, before: datetime | None) -> Iterator[Moment]:
    theirs = select(LoginEntry).where(LoginEntry.user_id == user_id, LoginEntry.kind != LoginKind.REGISTER)
    for row in rows(_newest(theirs, LoginEntry.at, before)):
        yield Moment(row.at, Kind.LOGIN, row.kind, text=row.ip or "")


def _orders(user_id: int, before: datetime | None) -> Iterator[Moment]:
    columns = (OrderHistory.created_at, OrderHistory.to_state, OrderHistory.actor, Order.number)
    moves = select(*columns).join(Order, Order.id == OrderHistory.order_id).where(Order.user_id == user_id)
    moves = moves.where(OrderHistory.from_state.is_distinct_from(OrderHistory.to_state))
    for row in db.session.execute(_newest(moves, OrderHistory.created_at, before)):
        yield Moment(row.created_at, Kind.ORDER, row.to_state, row.number, row.actor)


def _money(user_id: int, before: datetime | None) -> Iterator[Moment]:
    columns = (PaymentEntry.created_at, PaymentEntry.kind, PaymentEntry.amount, Order.number)
    entries = select(*columns).join(Payment, Payment.id == PaymentEntry.payment_id)
    theirs = entries.join(Order, Order.id == Payment.order_id).where(Order.user_id == user_id)
    for row in db.session.execute(_newest(theirs, PaymentEntry.created_at, before)):
        amount = row.amount if row.amount.minor >= 0 else -row.amount
        yield Moment(row.created_at, Kind.MONEY, row.kind, row.number, amount=amount)


def _mails(user_id: int, before: datetime | None) -> Iterator[Moment]:
    orders = select(Order.id).where(Order.user_id == user_id)
    theirs = select(Send).where(or_(Send.user_id == user_id, Send.order_id.in_(orders)))
    for row in rows(_newest(theirs, Send.created_at, before)):
        yield Moment(row.created_at, Kind.MAIL, row.state, text=row.subject)


def _changes(user_id: int, before: datetime | None) -> Iterator[Moment]:
    theirs = select(AuditEntry).where(AuditEntry.person_id == user_id, AuditEntry.table_name.not_in(LEFT_OUT))
    for change in read_changes(rows(_newest(theirs, AuditEntry.at, before))):
        yield Moment(change.entry.at, Kind.CHANGE, change.entry.action, text=change.who, change=change)


def _newest(statement: Any, at: Any, before: datetime | None) -> Any:
    if before is not None:
        statement = statement.where(at < before)
    return statement.order_by(at.desc()).limit(MOST + 1)
