"""What the operator's side does by the clock, and its long work."""

from __future__ import annotations

from datetime import timedelta

from shop.accounts.permissions import Permission
from shop.lib.files.sweeping import sweep
from shop.lib.jobs.kinds import kind
from shop.lib.jobs.services import forget_old
from shop.lib.timed import every
from shop.operations.log import undoing
from shop.operations.log.sealing import seal_entries

kind(undoing.JOB, title="Undoing a save", permission=Permission.AUDIT_UNDO, counts="changes")(undoing.undo_step)


@every(timedelta(minutes=5))
def seal_audit_log() -> None:
    """Seal what entered the audit log since."""
    seal_entries()


@every(timedelta(hours=24), opens_own_units=True)
def sweep_media() -> None:
    """Remove pictures that no row names, which a crash left behind."""
    sweep()


@every(timedelta(hours=24))
def forget_old_jobs() -> None:
    """Delete long work that ended more than a month ago, with its files."""
    forget_old()
