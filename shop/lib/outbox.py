"""The relay: claims owed rows under a lease, hands them out, and settles each one.

Delivery is at least once. A row that keeps failing waits longer each time and is dead after MAX_FAILURES.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import delete, or_, select, update

from shop.extensions import db
from shop.lib import workers
from shop.lib.actor import Actor, acting_as
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.events import HANDLERS, Handler, handling
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work

LEASE = timedelta(seconds=120)
BATCH = 50
MAX_FAILURES = 10
TIMED = "TimedJobDue"
log = structlog.get_logger()


def relay_once() -> int:
    """Claim what is due and hand it to the workers, or run it here where there is no Redis; return how many."""
    claimed = claim_due()
    hand_out = workers.enqueue if current_app.config["SHOP"].redis_url else run
    for outbox_id, claim in claimed:
        hand_out(outbox_id, claim)
    return len(claimed)


def claim_due() -> list[tuple[int, int]]:
    """Lease a batch of due rows to the caller as (id, claim); two relays never get the same claim."""
    moment = now()
    free = or_(OutboxEvent.claimed_until.is_(None), OutboxEvent.claimed_until < moment)
    due = select(OutboxEvent.id).where(
        OutboxEvent.done_at.is_(None), OutboxEvent.dead_at.is_(None), OutboxEvent.due_at <= moment, free
    )
    chosen = due.order_by(OutboxEvent.id).limit(BATCH).with_for_update(skip_locked=True)
    with unit_of_work():
        claimed = db.session.execute(
            update(OutboxEvent)
            .where(OutboxEvent.id.in_(chosen))
            .values(claimed_until=moment + LEASE, claim=OutboxEvent.claim + 1)
            .returning(OutboxEvent.id, OutboxEvent.claim)
            .execution_options(synchronize_session=False)
        ).all()
    return sorted((row.id, row.claim) for row in claimed)


def run(outbox_id: int, claim: int) -> None:
    """Run the handler of a claimed row and settle it; a stale claim does nothing."""
    with unit_of_work(read_only=True):
        row = db.session.get(OutboxEvent, outbox_id)
        if row is None or row.done_at or row.dead_at or row.claim != claim:
            return
        name, payload = row.handler, row.payload
    handler = HANDLERS.get(name)
    if handler is None:
        _fail(outbox_id, UnknownHandler(name))
        return
    try:
        with handling(outbox_id), acting_as(Actor("system", handler.name)):
            _handle(handler, payload, outbox_id, claim)
    except Exception as error:
        log.exception("outbox_failed", outbox_id=outbox_id, handler=handler.name)
        _fail(outbox_id, error)


def retry(outbox_id: int) -> None:
    """Owe a dead or waiting row again, from now, with its failures forgotten."""
    db.session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id == outbox_id, OutboxEvent.done_at.is_(None))
        .values(dead_at=None, failures=0, due_at=now(), claimed_until=None)
    )


def _handle(handler: Handler, payload: dict[str, Any], outbox_id: int, claim: int) -> None:
    event = handler.event(**payload)
    if handler.opens_own_units:
        handler.function(event)
        with unit_of_work():
            _settle(outbox_id, claim)
    else:
        with unit_of_work():
            _settle(outbox_id, claim)
            handler.function(event)


def _settle(outbox_id: int, claim: int) -> None:
    """Mark a row done, first thing in the handler's unit, so that a stale claim undoes its effect."""
    mine = update(OutboxEvent).where(OutboxEvent.id == outbox_id, OutboxEvent.claim == claim)
    if rows_changed(mine.values(done_at=now())) != 1:
        raise StaleClaim(f"outbox row {outbox_id} was claimed again")
    db.session.execute(delete(OutboxEvent).where(OutboxEvent.id == outbox_id, OutboxEvent.event == TIMED))


def _fail(outbox_id: int, error: Exception) -> None:
    with unit_of_work():
        row = db.session.get(OutboxEvent, outbox_id, with_for_update=True)
        if row is None or row.done_at:
            return
        failures = row.failures + 1
        is_dead = failures >= MAX_FAILURES or isinstance(error, UnknownHandler)
        db.session.execute(
            update(OutboxEvent)
            .where(OutboxEvent.id == outbox_id)
            .values(
                failures=failures,
                last_error=f"{type(error).__name__}: {error}"[:500],
                due_at=now() + back_off(failures),
                claimed_until=None,
                dead_at=now() if is_dead else None,
            )
        )


def back_off(failures: int) -> timedelta:
    """How long to wait after so many failures: 15 s, doubling, at most 6 hours."""
    return timedelta(seconds=min(15 * 2 ** (failures - 1), 6 * 3600))


class UnknownHandler(LookupError):
    """A row names a handler that this release does not have; trying again cannot help."""


class StaleClaim(RuntimeError):
    """Another claim took this row over while its handler was running."""
