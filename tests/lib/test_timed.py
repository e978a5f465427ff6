"""Timed jobs are owed once when due, whoever ticks."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from shop.extensions import db
from shop.lib import outbox, timed
from shop.lib.clock import now
from shop.lib.events import HANDLERS
from shop.lib.models import OutboxEvent


@pytest.fixture
def bell() -> Iterator[list[str]]:
    """One timed job instead of the shop's own, noting its runs."""
    runs: list[str] = []
    handlers, intervals = dict(HANDLERS), dict(timed.INTERVALS)
    timed.INTERVALS.clear()
    timed.every(timedelta(minutes=5))(lambda: runs.append("rang"))
    yield runs
    HANDLERS.clear()
    HANDLERS.update(handlers)
    timed.INTERVALS.clear()
    timed.INTERVALS.update(intervals)


def owed() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(OutboxEvent.id))) or 0


def test_a_job_runs_once_an_interval_however_often_the_clock_ticks(app: Flask, bell: list[str]) -> None:
    for _tick in range(3):
        timed.tick()
        outbox.relay_once()
    assert bell == ["rang"]
    with time_machine.travel(now() + timedelta(minutes=6)):
        timed.tick()
        outbox.relay_once()
    assert bell == ["rang", "rang"]


def test_a_job_that_still_waits_is_not_owed_again(app: Flask, bell: list[str]) -> None:
    timed.tick()
    with time_machine.travel(now() + timedelta(minutes=6)):
        timed.tick()
    assert owed() == 1


def test_a_job_that_ran_leaves_no_row(app: Flask, bell: list[str]) -> None:
    timed.tick()
    outbox.relay_once()
    assert owed() == 0
