"""What people do with jobs: start, cancel and retry them; and what the clock does: forget them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.events import Event, emit
from shop.lib.jobs.kinds import KINDS
from shop.lib.jobs.models import Job
from shop.lib.jobs.states import NEXT, JobState
from shop.lib.states import move

KEPT = timedelta(days=30)
LINES = 100


@dataclass(frozen=True)
class JobOwed(Event):
    """A job waits for a worker."""

    job_id: int


def start(kind: str, by: Actor, *, total: int | None = None, **parameters: Any) -> Job:
    """Write down a job and owe it to the workers; `parameters` are plain values that its steps read."""
    job = write_down(kind, by, total=total, **parameters)
    emit(JobOwed(job.id))
    return job


def write_down(kind: str, by: Actor, *, total: int | None = None, **parameters: Any) -> Job:
    """Write down a job that nobody is owed: its work is done in this unit (`running.do_now`)."""
    job = Job(kind=KINDS[kind].name, user_id=by.user_id, actor=by.name, parameters=parameters, total=total, said=[])
    db.session.add(job)
    db.session.flush()
    return job


def cancel(job: Job, by: Actor) -> None:
    """End a job between two of its steps: what was done stays, the rest is not begun. Raises WrongState when over."""
    move(job, JobState.CANCELLED, NEXT, ended_at=now(), outcome=f"Cancelled by {by.name}.")
    say(job, f"Cancelled by {by.name}.")


def retry(job: Job, by: Actor) -> None:
    """Let a failed job go on from where it stood. Raises WrongState."""
    move(job, JobState.QUEUED, NEXT, ended_at=None, outcome=None)
    say(job, f"Started again by {by.name}.")
    emit(JobOwed(job.id))


def say(job: Job, sentence: str) -> None:
    """Add a line to a job's log, of which the last are kept."""
    job.said = [*job.said, [now().isoformat(timespec="seconds"), sentence[:300]]][-LINES:]
    db.session.flush()


def forget_old() -> int:
    """Delete jobs that ended more than 30 days ago, with their files; how many there were."""
    return rows_changed(delete(Job).where(Job.ended_at < now() - KEPT))
