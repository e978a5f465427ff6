"""What the audit log knows of people: what changed about them. It is append-only; what stands in it under a person's
own key cannot be read any more once the key is gone. And who of the team asked for long work."""

from __future__ import annotations

from typing import Any

from shop.lib.audit_log.person_keys import forget_key
from shop.lib.jobs.models import Job
from shop.lib.models import AuditEntry, PersonKey
from shop.lib.personal import Because, Holding
from shop.lib.queries import rows
from shop.operations.log.queries import ChangeFilter, changes
from shop.operations.log.reading import read_changes


def _changes(user_id: int) -> list[dict[str, Any]]:
    return [
        {
            "at": change.entry.at.isoformat(),
            "action": change.entry.action,
            "what": change.title,
            "by": "you" if change.entry.user_id == user_id else "the shop",
            "fields": [vars(line) for line in change.lines],
        }
        for change in read_changes(rows(changes(ChangeFilter(person_id=user_id))))
    ]


WORK = Because("Says who of the team asked for it, and goes a month after it is done.")
HOLDINGS = (
    Holding((AuditEntry.__tablename__, PersonKey.__tablename__), "changes.json", _changes, forget_key),
    Holding((Job.__tablename__,), "", WORK, WORK),
)
