"""Reads of invoices: a customer's own, an order's, and the owner's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.invoices.models import Invoice, InvoiceLine
from shop.invoices.states import IN_FORCE, InvoiceKind, InvoiceState
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.orders.queries import orders_of
from shop.store.days import day_start


@dataclass(frozen=True)
class InvoiceFilter:
    """What the owner looks for; empty means all. `customer` is an account's id."""

    text: str = ""
    state: str = ""
    kind: str = ""
    customer: int | None = None
    since: date | None = None
    until: date | None = None


def invoices_matching(wanted: InvoiceFilter) -> Select[Invoice]:
    """Invoices and credit notes that fit a filter, newest first."""
    return select(Invoice).join(Invoice.order).where(*_conditions(wanted)).order_by(Invoice.id.desc())


def with_orders(invoices: Select[Invoice]) -> Select[Invoice]:
    """The same invoices with their orders, for lists."""
    return invoices.options(joinedload(Invoice.order))


def invoice(invoice_id: int) -> Select[Invoice]:
    """One with lines, order and what it corrects."""
    return whole(select(Invoice).where(Invoice.id == invoice_id))


def whole(invoices: Select[Invoice]) -> Select[Invoice]:
    """The same invoices with all that their papers show."""
    return invoices.options(joinedload(Invoice.order), joinedload(Invoice.corrects), selectinload(Invoice.lines))


def invoices_of(visitor: Visitor) -> Select[Invoice]:
    """What a signed-in person was sent, newest first."""
    mine = orders_of(visitor).with_only_columns(Order.id).order_by(None)
    return _told().where(Invoice.order_id.in_(mine)).order_by(Invoice.issued_at.desc(), Invoice.id.desc())


def told_of(order_id: int) -> Select[Invoice]:
    """What an order's buyer may see of it, oldest first."""
    return _told().where(Invoice.order_id == order_id).order_by(Invoice.id)


def all_of(order_id: int) -> Select[Invoice]:
    """Everything of an order, drafts and void ones too, oldest first."""
    return select(Invoice).where(Invoice.order_id == order_id).order_by(Invoice.id)


def live_invoice(order_id: int) -> Select[Invoice]:
    """The invoice of an order that counts, or is to count; credit notes are none."""
    live = select(Invoice).where(Invoice.order_id == order_id, Invoice.kind == InvoiceKind.INVOICE)
    return whole(live.where(Invoice.state != InvoiceState.VOID))


def notes_against(invoice_id: int) -> Select[Invoice]:
    """The credit notes against an invoice, oldest first, with their lines."""
    against = select(Invoice).where(Invoice.corrects_id == invoice_id, Invoice.state.in_(IN_FORCE))
    return against.options(selectinload(Invoice.lines)).order_by(Invoice.id)


def note_of_refund(refund_id: int) -> Select[Invoice]:
    """The credit note that tells of a refund."""
    return select(Invoice).where(Invoice.refund_id == refund_id)


def credited(invoice_id: int) -> Money:
    """What credit notes took off an invoice."""
    return db.session.scalar(select(_credited_on(invoice_id))) or ZERO


def never_paid(invoice_id: int) -> Money:
    """What credit notes took off an invoice before anybody paid it: no refund made them."""
    notes = select(func.sum(Invoice.total)).where(Invoice.corrects_id == invoice_id, Invoice.state.in_(IN_FORCE))
    return db.session.scalar(notes.where(Invoice.refund_id.is_(None))) or ZERO


def unpaid_since(day: date) -> Select[int]:
    """Ids of issued invoices that were due before a day and that credit notes have not taken off entirely."""
    late = select(Invoice.id).where(Invoice.kind == InvoiceKind.INVOICE, Invoice.state == InvoiceState.ISSUED)
    return late.where(Invoice.due_on < day, Invoice.total > _credited_on(Invoice.id)).order_by(Invoice.id)


def _credited_on(invoice_id: Any) -> ColumnElement[Money]:
    note = aliased(Invoice)
    taken = select(func.coalesce(func.sum(note.total), 0)).where(note.state.in_(IN_FORCE))
    return taken.where(note.corrects_id == invoice_id).scalar_subquery()


def _told() -> Select[Invoice]:
    return select(Invoice).where(Invoice.state.in_(IN_FORCE))


def _conditions(wanted: InvoiceFilter) -> list[ColumnElement[bool]]:
    """Days are those on which it was issued; drafts have none yet."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.state:
        conditions.append(Invoice.state == wanted.state)
    if wanted.kind:
        conditions.append(Invoice.kind == wanted.kind)
    if wanted.customer:
        conditions.append(Order.user_id == wanted.customer)
    if wanted.since:
        conditions.append(Invoice.issued_at >= day_start(wanted.since))
    if wanted.until:
        conditions.append(Invoice.issued_at < day_start(wanted.until + timedelta(days=1)))
    return [*conditions, *(_mentions(word) for word in wanted.text.split())]


def _mentions(word: str) -> ColumnElement[bool]:
    columns = (Invoice.number, Order.number, Order.name, Order.email, Order.phone)
    named = Invoice.lines.any(InvoiceLine.name.icontains(word, autoescape=True))
    made_out = Invoice.buyer["name"].as_string().icontains(word, autoescape=True)
    return or_(named, made_out, *(column.icontains(word, autoescape=True) for column in columns))
