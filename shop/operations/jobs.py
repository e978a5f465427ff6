"""What the operator's side does by the clock."""

from __future__ import annotations

from datetime import timedelta

from shop.lib.timed import every
from shop.operations.log.sealing import seal_entries


@every(timedelta(minutes=5))
def seal_audit_log() -> None:
    """Seal what entered the audit log since."""
    seal_entries()
