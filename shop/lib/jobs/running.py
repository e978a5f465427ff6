"""A worker's side of a job: takes it up, does step after step, and hands it on.

Each step is one unit: what it did, where the job then stands and what it said are committed together or not at all. It
begins by locking the job's row under the worker's claim, so of two workers that hold the same job one does the step and
the other stops. A worker that is killed leaves its outbox row claimed; when that lease is over, another goes on from
the last checkpoint. A worker keeps a job for a few seconds only, so that mail never waits behind an import.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from flask import g
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from shop.extensions import db
from shop.lib import faults
from shop.lib.actor import acting_as
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.database import was_broken_off
from shop.lib.errors import ShopError
from shop.lib.events import emit, on
from shop.lib.jobs.errors import UnknownKind
from shop.lib.jobs.kinds import KINDS, Finished, Onward
from shop.lib.jobs.models import Job
from shop.lib.jobs.services import JobOwed, say
from shop.lib.jobs.states import NEXT, OPEN, JobState
from shop.lib.states import move
from shop.lib.unit_of_work import ATTEMPTS, unit_of_work

TURN = timedelta(seconds=5)
BREATH = 0.12
"""SQLite has one writer, and whoever waits looks every tenth of a second: this long a pause lets others in."""
log = structlog.get_logger()


@on(JobOwed, opens_own_units=True)
def run(event: JobOwed) -> None:
    """Do steps of a job until it is over or this worker's turn is; rung twice, the later one takes the job over."""
    claim = _take_up(event.job_id)
    until = time.monotonic() + TURN.total_seconds()
    goes_on = claim is not None
    while goes_on:
        goes_on = _try_step(event.job_id, claim or 0, is_last=time.monotonic() >= until)
        if db.engine.dialect.name == "sqlite":
            time.sleep(BREATH)


def do_now(job: Job) -> None:
    """Do all steps of a job in the unit that wrote it down: for work short enough to wait for.

    What a step refuses is raised, and the job was never there.
    """
    move(job, JobState.RUNNING, NEXT, started_at=now())
    while job.is_open:
        began = time.monotonic()
        _note(job, _stepped(job), began)


def _stepped(job: Job) -> Onward | Finished:
    """Do a step as whoever asked for the job, all of its changes as one save."""
    with acting_as(job.by), _saved_as(job.request_id):
        if job.kind not in KINDS:
            raise UnknownKind
        went = KINDS[job.kind].step(job)
        db.session.flush()
    return went


def _take_up(job_id: int) -> int | None:
    """A claim on a job that waits, or that another worker began; None when it is over."""
    with unit_of_work():
        job = db.session.get(Job, job_id, with_for_update=True)
        if job is None or job.state not in OPEN:
            return None
        if job.state == JobState.QUEUED:
            move(job, JobState.RUNNING, NEXT, started_at=job.started_at or now())
        else:
            say(job, "Taken up by another worker.")
        job.claim += 1
        return job.claim


def _try_step(job_id: int, claim: int, *, is_last: bool) -> bool:
    """Do a step and say whether another follows here; a fault ends the job, a lost race is tried again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _step(job_id, claim, is_last=is_last)
        except ShopError as error:
            return _fail(job_id, claim, str(error))
        except Exception as error:
            if attempt < ATTEMPTS and _came_second(error):
                continue
            log.exception("job_failed", job_id=job_id)
            return _fail(job_id, claim, _words(error))
    raise AssertionError("unreachable")


def _step(job_id: int, claim: int, *, is_last: bool) -> bool:
    began = time.monotonic()
    with unit_of_work():
        job = _hold(job_id, claim)
        if job is None:
            return False
        _note(job, _stepped(job), began)
        faults.point("job.step")
        if is_last and job.is_open:
            emit(JobOwed(job.id))
        return job.is_open and not is_last


def _hold(job_id: int, claim: int) -> Job | None:
    """Lock the job for this step; None where it was cancelled, or taken over by another worker."""
    mine = update(Job).where(Job.id == job_id, Job.claim == claim, Job.state == JobState.RUNNING)
    if rows_changed(mine.values(stepped_at=now())) != 1:
        return None
    return db.session.get_one(Job, job_id)


def _note(job: Job, went: Onward | Finished, began: float) -> None:
    job.worked_ms += max(1, round((time.monotonic() - began) * 1000))
    if isinstance(went, Onward):
        job.checkpoint, job.done = went.checkpoint, went.done
        job.total = job.total if went.total is None else went.total
        if went.said:
            say(job, went.said)
        return
    job.done = job.done if went.done is None else went.done
    job.result = went.result
    say(job, went.outcome)
    move(job, JobState.DONE, NEXT, ended_at=now(), outcome=went.outcome[:500])


def _fail(job_id: int, claim: int, words: str) -> bool:
    """End the job that this worker still holds; its checkpoint stays for a retry."""
    with unit_of_work():
        if job := _hold(job_id, claim):
            say(job, words)
            move(job, JobState.FAILED, NEXT, ended_at=now(), outcome=words[:500])
    return False


def _words(error: Exception) -> str:
    return (
        f"It stopped over a fault of the shop ({type(error).__name__}). "
        "The step it was in left nothing; what was done before stays."
    )


def _came_second(error: Exception) -> bool:
    """Whether the step lost a deadlock, or somebody made the same row at the same moment: the next try sees it."""
    return was_broken_off(error) or isinstance(error, IntegrityError)


@contextmanager
def _saved_as(request_id: str) -> Iterator[None]:
    """Let the audit log hold together what one job changes, as it does with what one request changes."""
    before = g.get("request_id")
    g.request_id = request_id
    try:
        yield
    finally:
        g.request_id = before
