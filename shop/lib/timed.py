"""Jobs by the clock. When one is due, exactly one process writes an outbox row for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.events import HANDLERS, Event, Handler, owe
from shop.lib.models import OutboxEvent, TimedJob
from shop.lib.unit_of_work import unit_of_work


@dataclass(frozen=True)
class TimedJobDue(Event):
    """A timed job's moment has come."""

    name: str


INTERVALS: dict[str, timedelta] = {}


def every(interval: timedelta, *, opens_own_units: bool = False) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function of no arguments to run about once in every interval."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__.removeprefix('shop.')}:{function.__name__}"
        INTERVALS[name] = interval
        HANDLERS[name] = Handler(name, lambda _due: function(), TimedJobDue, opens_own_units)
        return function

    return register


def tick() -> None:
    """Owe every job that is due; safe to call from any number of processes."""
    with unit_of_work(read_only=True):
        due_at = {row.name: row.due_at for row in db.session.execute(select(TimedJob.name, TimedJob.due_at))}
    for name, interval in INTERVALS.items():
        if name not in due_at or due_at[name] <= now():
            _take(name, interval, is_new=name not in due_at)


def _take(name: str, interval: timedelta, *, is_new: bool) -> None:
    with unit_of_work():
        if is_new and db.session.get(TimedJob, name) is None:
            db.session.add(TimedJob(name=name, due_at=now()))
            db.session.flush()
        mine = update(TimedJob).where(TimedJob.name == name, TimedJob.due_at <= now())
        if rows_changed(mine.values(due_at=now() + interval)) == 1 and not _is_owed(name):
            owe(HANDLERS[name], TimedJobDue(name))


def _is_owed(name: str) -> bool:
    waiting = select(OutboxEvent.id).where(OutboxEvent.handler == name, OutboxEvent.done_at.is_(None))
    return db.session.scalar(waiting.where(OutboxEvent.dead_at.is_(None)).limit(1)) is not None
