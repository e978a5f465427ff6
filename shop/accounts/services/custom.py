"""What people ordered, in sum: told by their orders, so that a list of people asks no order (ACC-14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.money import Money, total


def note_orders(user_id: int, placed: Sequence[datetime], worth: Sequence[Money]) -> None:
    """Count a person's orders in: when each was placed, and what those come to that count as revenue."""
    if not placed:
        return
    person = _locked(user_id)
    person.orders_count += len(placed)
    person.spent += total(worth)
    person.last_order_at = max(placed) if person.last_order_at is None else max(person.last_order_at, *placed)
    db.session.flush()


def note_undone(user_id: int, worth: Money) -> None:
    """An order of theirs was cancelled or came back: it stays an order, and is no spend any more."""
    _locked(user_id).spent -= worth
    db.session.flush()


def _locked(user_id: int) -> User:
    """Two orders of one person at once: the second adds to what the first one made of it."""
    mine = select(User).where(User.id == user_id).with_for_update(key_share=True)
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()
