"""The ledger of a variant, newest first."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from shop.stock.models import LedgerEntry


def entries_of(variant_id: int) -> Select[LedgerEntry]:
    """Every change of a variant's stock."""
    return select(LedgerEntry).where(LedgerEntry.variant_id == variant_id).order_by(LedgerEntry.id.desc())


def ledger_of(variant_id: int) -> Select[LedgerEntry, int]:
    """Every change of a variant's stock, each with the number of the entry that took it back."""
    counter = aliased(LedgerEntry)
    both = select(LedgerEntry, counter.id.label("undone_by")).outerjoin(counter, counter.undoes == LedgerEntry.id)
    return both.where(LedgerEntry.variant_id == variant_id).order_by(LedgerEntry.id.desc())
