"""Seals the log: each seal is a hash of the seal before it and of one entry, so that nothing sealed changes unseen.

Seals have a numbering of their own. An entry whose unit took long is committed after entries with a greater id; it is
sealed when it is seen, behind them, and no seal has to be made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import structlog
from sqlalchemy import Select, func, insert, select

from shop.extensions import db
from shop.lib.models import AuditEntry, AuditSeal

FIRST = "0" * 64
BATCH = 5000
# How far below the newest sealed entry one may turn up that was committed late. No unit is open for that long.
LATE = 100_000
ENTRY: Any = AuditEntry.__table__
SEAL: Any = AuditSeal.__table__
log = structlog.get_logger()


def seal_entries() -> int:
    """Seal what is not sealed yet, up to BATCH entries; return how many. Two who seal at once: the key stops one."""
    last = db.session.execute(select(SEAL).order_by(SEAL.c.number.desc()).limit(1)).one_or_none()
    number, seal = (last.number, last.seal) if last else (0, FIRST)
    seals = []
    for entry in db.session.execute(_unsealed().order_by(ENTRY.c.id).limit(BATCH)):
        number, seal = number + 1, seal_of(seal, entry)
        seals.append({"number": number, "entry_id": entry.id, "seal": seal})
    if seals:
        db.session.execute(insert(SEAL), seals)
        # Whoever keeps the lines of the log elsewhere can show that the table's end was not cut off.
        log.info("audit_log_sealed", number=number, seal=seal)
    return len(seals)


def seal_of(before: str, entry: Any) -> str:
    """The seal of an entry behind another seal."""
    values = {name: value for name, value in entry._mapping.items() if name in ENTRY.columns}
    values["at"] = values["at"].isoformat()
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}{canonical}".encode()).hexdigest()


def broken_seals() -> list[str]:
    """What a seal no longer fits: an entry that was changed or is gone, a seal that was changed or is missing."""
    return list(_breaks())


def unsealed_for_long() -> list[str]:
    """Entries far below sealed ones that have no seal: somebody took it, or slipped them in."""
    newest = select(func.max(SEAL.c.entry_id)).scalar_subquery()
    sealed = select(SEAL.c.entry_id).where(SEAL.c.entry_id == ENTRY.c.id).exists()
    found = db.session.scalars(select(ENTRY.c.id).where(ENTRY.c.id <= newest - LATE, ~sealed).order_by(ENTRY.c.id))
    return [f"entry {entry_id} has no seal" for entry_id in found]


def _unsealed() -> Select[Any]:
    newest = select(func.coalesce(func.max(SEAL.c.entry_id), 0)).scalar_subquery()
    sealed = select(SEAL.c.entry_id).where(SEAL.c.entry_id == ENTRY.c.id).exists()
    return select(ENTRY).where(ENTRY.c.id > newest - LATE, ~sealed)


def _breaks() -> Iterator[str]:
    before, expected = FIRST, 1
    both = select(SEAL, ENTRY).outerjoin(ENTRY, ENTRY.c.id == SEAL.c.entry_id).order_by(SEAL.c.number)
    for row in db.session.execute(both.execution_options(yield_per=1000)):
        if row.number != expected:
            yield f"seals {expected} to {row.number - 1} are missing"
        elif row.id is None:
            yield f"entry {row.entry_id} is gone"
        elif row.seal != seal_of(before, row):
            yield f"entry {row.entry_id} is not what was sealed"
        before, expected = row.seal, row.number + 1
