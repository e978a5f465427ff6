"""Undoes a save by a job, however long it is: change by change, the last first.

What cannot be undone, because something changed since, is left and listed; everything else is as it was before.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from shop.accounts.queries.roles import permissions_of_person
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.lib.jobs import files, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.lib.jobs.running import do_now
from shop.lib.models import AuditEntry
from shop.lib.queries import count_of, rows
from shop.lib.sheets import BOM, lines
from shop.operations.log.reading import read_changes
from shop.operations.log.undo import MOST, undo
from shop.operations.log.way import May

JOB, LEFT = "undo", "left.csv"
A_STEP = 25
LEFT_HEAD = ("what", "which", "why")


def start_undo(request_id: str, by: Actor) -> Job:
    """Undo what was saved under a request: at once where it is little, else by workers."""
    total = count_of(select(AuditEntry.id).where(AuditEntry.request_id == request_id))
    if total > MOST:
        return services.start(JOB, by, total=total, save=request_id)
    job = services.write_down(JOB, by, total=total, save=request_id)
    do_now(job)
    return job


def undo_step(job: Job) -> Onward | Finished:
    """Undo the next changes of a job's save."""
    left = job.checkpoint.get("left", 0)
    saved = select(AuditEntry).where(AuditEntry.request_id == job.parameters["save"])
    if last := job.checkpoint.get("last"):
        saved = saved.where(AuditEntry.id < last)
    found = rows(saved.order_by(AuditEntry.id.desc()).limit(A_STEP))
    if not found:
        return Finished(_sentence(job.done - left, left), {"left": left})
    may = permissions_of_person(job.user_id) if job.user_id else frozenset()
    refused = [(one, said) for one in found if (said := _undone(one.id, may))]
    _write_left(job, refused)
    return Onward({"last": found[-1].id, "left": left + len(refused)}, done=job.done + len(found))


def _undone(entry_id: int, may: May) -> str | None:
    """Undo a change by itself; why it cannot be, where it cannot."""
    try:
        with db.session.begin_nested():
            undo(entry_id, may)
    except ShopError as error:
        return str(error)
    return None


def _write_left(job: Job, refused: Sequence[tuple[AuditEntry, str]]) -> None:
    if not refused:
        return
    named = {change.entry.id: (change.title, change.record) for change in read_changes(one for one, _ in refused)}
    head = "" if job.checkpoint.get("left") else BOM + lines([LEFT_HEAD])
    files.add_part(job, LEFT, (head + lines((*named[one.id], said) for one, said in refused)).encode())


def _sentence(undone: int, left: int) -> str:
    parts = [f"{undone:,} change{'' if undone == 1 else 's'} undone"]
    parts += [f"{left:,} could not be"] if left else []
    return f"{', '.join(parts)}."
