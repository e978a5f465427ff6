"""Reads of store credit."""

from __future__ import annotations

from sqlalchemy import Select, select

from shop.extensions import db
from shop.lib.money import ZERO, Money
from shop.promotions.credit.models import StoreCredit, StoreCreditEntry


def balance_of(user_id: int | None) -> Money:
    """What a customer can spend; nothing for guests."""
    mine = select(StoreCredit.balance).where(StoreCredit.user_id == user_id)
    return (db.session.scalar(mine) if user_id else None) or ZERO


def entries_of(user_id: int) -> Select[StoreCreditEntry]:
    """A customer's ledger, newest first."""
    return select(StoreCreditEntry).where(StoreCreditEntry.user_id == user_id).order_by(StoreCreditEntry.id.desc())
