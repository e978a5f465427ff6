"""What people ordered, in sum: told by their orders, so that a list of people asks no order (ACC-14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, update

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.money import Money, total


def note_orders(user_id: int, placed: Sequence[datetime], worth: Sequence[Money]) -> None:
    """Count a person's orders in: when each was placed, and what those come to that count as revenue."""
    if not placed:
        return
    newest = max(placed)
    _write(
        user_id,
        update(User).values(
            orders_count=User.orders_count + len(placed),
            spent=User.spent + total(worth),
            last_order_at=case((User.last_order_at > newest, User.last_order_at), else_=newest),
        ),
    )


def note_less(user_id: int, worth: Money) -> None:
    """An order of theirs was cancelled or came back, or some of its money went back: they spent so much less."""
    _write(user_id, update(User).values(spent=User.spent - worth))


def note_more(user_id: int, worth: Money) -> None:
    """An order of theirs comes to more than it did, or less for a worth below 0."""
    _write(user_id, update(User).values(spent=User.spent + worth))


def _write(user_id: int, change: Any) -> None:
    """In one statement, so that of two orders of one person at once the second adds to what the first one made."""
    mine = change.where(User.id == user_id)
    db.session.execute(mine.execution_options(synchronize_session=False))
    if known := db.session.identity_map.get(db.session.identity_key(User, user_id)):
        db.session.expire(known, ["orders_count", "spent", "last_order_at"])
