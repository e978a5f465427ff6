"""Gives and takes store credit. The last lock of a unit: whoever holds an order's row comes here after it."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from shop.extensions import db
from shop.lib import idempotency
from shop.lib.actor import Actor
from shop.lib.changes import rows_changed
from shop.lib.money import ZERO, Money
from shop.promotions.credit.errors import KeyUsed, NotEnoughCredit
from shop.promotions.credit.models import StoreCredit, StoreCreditEntry


def give(
    user_id: int, amount: Money, reason: str, by: Actor, *, order_id: int | None = None, refund_id: int | None = None
) -> StoreCreditEntry:
    """Add to a customer's credit; a refund is given once."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    first = dialect.insert(StoreCredit).values(user_id=user_id, balance=amount)
    added = {"balance": StoreCredit.balance + amount}
    db.session.execute(first.on_conflict_do_update(index_elements=["user_id"], set_=added))
    return _note(user_id, amount, reason, by, order_id, refund_id)


def spend(user_id: int, amount: Money, reason: str, by: Actor, *, order_id: int | None = None) -> StoreCreditEntry:
    """Take from a customer's credit, or raise NotEnoughCredit; the condition and the change are one statement."""
    left = update(StoreCredit).where(StoreCredit.user_id == user_id, StoreCredit.balance >= amount)
    taken = left.values(balance=StoreCredit.balance - amount).execution_options(synchronize_session=False)
    if rows_changed(taken) != 1:
        raise NotEnoughCredit
    return _note(user_id, -amount, reason, by, order_id)


def change_once(user_id: int, change: Money, reason: str, by: Actor, key: str) -> bool:
    """Give, or take where the change is below zero, once for each key; False where it was done before.

    Raises NotEnoughCredit, or KeyUsed for a key that came with something else.
    """
    asked = {"change": change.minor, "reason": reason}
    row, is_new = idempotency.claim(f"credit:{user_id}", key, asked)
    if not is_new:
        if not idempotency.is_same(row, asked):
            raise KeyUsed
        return False
    row.resource_id = user_id
    if change < ZERO:
        spend(user_id, -change, reason, by)
    else:
        give(user_id, change, reason, by)
    return True


def _note(
    user_id: int, amount: Money, reason: str, by: Actor, order_id: int | None, refund_id: int | None = None
) -> StoreCreditEntry:
    entry = StoreCreditEntry(
        user_id=user_id, amount=amount, reason=reason[:300], actor=by.name, order_id=order_id, refund_id=refund_id
    )
    db.session.add(entry)
    db.session.flush()
    return entry
