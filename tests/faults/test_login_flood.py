"""Many wrong logins of one address at the same moment: few rows, and every try is counted."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from shop.accounts.login_log import recording
from shop.accounts.login_log.models import LoginEntry
from shop.extensions import db
from shop.lib.actor import acting_as
from shop.lib.clock import now
from shop.lib.unit_of_work import unit_of_work
from tests.accounts.test_login_log import SOMEBODY
from tests.support.barrier import all_at_once

FEW, AT_ONCE, ROUNDS = 5, 16, 20
pytestmark = pytest.mark.faults


def fail(_number: int) -> None:
    with acting_as(SOMEBODY), unit_of_work():
        recording.note_failed("asha@example.com", None)


def look_then_fail(_number: int) -> None:
    """The control: counts first and writes later, as if nobody could come in between."""
    with unit_of_work(read_only=True):
        is_room = (db.session.scalar(select(func.count(LoginEntry.id))) or 0) <= FEW
    if is_room:
        with unit_of_work():
            db.session.add(LoginEntry(kind="failed", at=now(), ip=SOMEBODY.ip))


def flooded(app: Flask, press: Callable[[int], None]) -> tuple[int, int]:
    """How many rows a flood leaves, and how many tries they count."""
    all_at_once(app, press, AT_ONCE)
    counted = select(func.count(LoginEntry.id), func.coalesce(func.sum(LoginEntry.tries), 0))
    rows, tries = db.session.execute(counted).one()
    db.session.execute(delete(LoginEntry))
    db.session.commit()
    return rows, tries


@pytest.mark.covers("ACC-16")
def test_flood_of_one_moment_leaves_few_rows_and_loses_no_try(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "IN_DETAIL", FEW)
    for _ in range(ROUNDS):
        rows, tries = flooded(app, fail)
        assert rows <= FEW + 1
        assert tries == AT_ONCE


@pytest.mark.control
def test_flood_that_is_counted_before_it_is_written_would_leave_more(app: Flask) -> None:
    assert any(flooded(app, look_then_fail)[0] > FEW + 1 for _ in range(ROUNDS))
