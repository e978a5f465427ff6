"""What is owed is done at least once, waits longer after each failure, and is never done by two at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from shop.extensions import db
from shop.lib import outbox
from shop.lib.clock import now
from shop.lib.events import HANDLERS, Event, emit, on
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Rung(Event):
    number: int


@pytest.fixture
def doorbell() -> Iterator[list[int]]:
    """A handler that notes what it was told; it breaks while the first note is negative."""
    heard: list[int] = []
    before = dict(HANDLERS)

    @on(Rung)
    def hear(event: Rung) -> None:
        heard.append(event.number)
        if heard[0] < 0:
            raise ValueError("the bell is broken")

    yield heard
    HANDLERS.clear()
    HANDLERS.update(before)


def ring(number: int) -> None:
    with unit_of_work():
        emit(Rung(number))


def row() -> OutboxEvent:
    db.session.rollback()
    return db.session.scalars(select(OutboxEvent)).one()


def test_an_event_reaches_its_handler_once(app: Flask, doorbell: list[int]) -> None:
    ring(7)
    assert (outbox.relay_once(), outbox.relay_once()) == (1, 0)
    assert doorbell == [7]
    assert row().done_at is not None


def test_an_event_of_a_unit_that_rolled_back_is_never_owed(app: Flask, doorbell: list[int]) -> None:
    def fail() -> None:
        with unit_of_work():
            emit(Rung(7))
            db.session.execute(text("SELECT nonsense"))

    with pytest.raises(DBAPIError):
        fail()
    assert outbox.relay_once() == 0


def test_a_failure_waits_and_is_tried_again(app: Flask, doorbell: list[int]) -> None:
    ring(-1)
    outbox.relay_once()
    assert (row().failures, row().done_at) == (1, None)
    assert outbox.relay_once() == 0
    doorbell[:] = [1]
    with time_machine.travel(now() + timedelta(seconds=20)):
        assert outbox.relay_once() == 1
    assert row().done_at is not None


def test_after_too_many_failures_a_row_is_dead_until_it_is_retried(app: Flask, doorbell: list[int]) -> None:
    ring(-1)
    for day in range(outbox.MAX_FAILURES):
        with time_machine.travel(now() + timedelta(days=day)):
            outbox.relay_once()
    assert row().dead_at is not None
    doorbell[:] = [1]
    outbox_id = row().id
    db.session.rollback()
    with unit_of_work():
        outbox.retry(outbox_id)
    outbox.relay_once()
    assert row().done_at is not None


def test_a_claim_that_was_taken_over_undoes_its_effect(app: Flask, doorbell: list[int]) -> None:
    ring(7)
    ((outbox_id, claim),) = outbox.claim_due()
    with time_machine.travel(now() + outbox.LEASE + timedelta(seconds=1)):
        ((_, newer),) = outbox.claim_due()
    outbox.run(outbox_id, claim)
    assert doorbell == []
    outbox.run(outbox_id, newer)
    assert doorbell == [7]


def test_a_leased_row_is_not_handed_out_twice(app: Flask, doorbell: list[int]) -> None:
    ring(7)
    assert len(outbox.claim_due()) == 1
    assert outbox.claim_due() == []


def test_a_handler_that_is_gone_leaves_a_dead_letter(app: Flask, doorbell: list[int]) -> None:
    ring(7)
    for name in [name for name in HANDLERS if name.endswith(":Rung")]:
        del HANDLERS[name]
    outbox.relay_once()
    assert row().dead_at is not None


@pytest.mark.parametrize(("failures", "seconds"), [(1, 15), (2, 30), (5, 240), (30, 21600)])
def test_back_off_doubles_up_to_six_hours(failures: int, seconds: int) -> None:
    assert outbox.back_off(failures) == timedelta(seconds=seconds)
