"""Long work goes step by step, each whole or not at all, and goes on from where it stood."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from shop.catalog.models import Brand
from shop.extensions import db
from shop.lib import outbox
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.jobs import files, kinds, running, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job, JobFile
from shop.lib.jobs.queries import Seer, job_of, jobs_of, open_number
from shop.lib.jobs.states import JobState
from shop.lib.models import AuditEntry, OutboxEvent
from shop.lib.queries import rows
from shop.lib.states import WrongState
from shop.lib.unit_of_work import unit_of_work
from tests.support.barrier import all_at_once
from tests.support.outbox import run_outbox

MEERA = Actor("staff", "Meera Nair", 7)
COUNT_TO, WORKERS, ROUNDS = 5, 4, 20
During = Callable[[int], None]


@pytest.fixture
def during() -> Iterator[list[During]]:
    """A kind that counts to five, a number a step, into a file; what a test puts in here happens within the steps."""
    before, happens = dict(kinds.KINDS), []

    @kinds.kind("counting", title="Counting", permission="product:read", counts="numbers")
    def count(job: Job) -> Onward | Finished:
        number = job.checkpoint.get("number", 0) + 1
        files.add_part(job, "numbers.csv", f"{number}\n".encode())
        for what in happens:
            what(number)
        if number == COUNT_TO:
            return Finished("Counted to five.", {"last": number}, done=number)
        return Onward({"number": number}, done=number, total=COUNT_TO, said=f"Counted {number}.")

    yield happens
    kinds.KINDS.clear()
    kinds.KINDS.update(before)


def a_job() -> int:
    with unit_of_work():
        return services.start("counting", MEERA).id


def the_job(job_id: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job_id)


def written(job_id: int) -> str:
    return b"".join(files.parts_of(job_id, "numbers.csv")).decode().replace("\n", " ")


def at(number: int, error: Exception) -> During:
    """What goes wrong at a number."""

    def happen(here: int) -> None:
        if here == number:
            raise error

    return happen


def test_a_job_is_done_step_by_step_and_says_what_came_of_it(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    assert (the_job(job_id).state, the_job(job_id).actor) == (JobState.QUEUED, "Meera Nair")
    run_outbox()
    job = the_job(job_id)
    assert (job.state, job.done, job.total, job.outcome) == (JobState.DONE, 5, 5, "Counted to five.")
    assert job.result == {"last": 5}
    assert [line for _at, line in job.said] == [*(f"Counted {n}." for n in range(1, 5)), "Counted to five."]
    assert written(job_id) == "1 2 3 4 5 "
    assert files.sizes_of(job_id) == {"numbers.csv": 10}


def test_a_step_sees_how_far_the_job_is_and_how_long_it_will_take(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    during.append(at(4, ShopError("enough")))
    run_outbox()
    job = the_job(job_id)
    assert (job.done, job.total, job.seconds_left) == (3, 5, None)
    job.state, job.worked_ms = JobState.RUNNING, 3000
    assert (job.rate, job.seconds_left) == (1.0, 2)


def test_a_turn_ends_after_a_while_and_the_job_waits_behind_other_work(
    app: Flask, during: list[During], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TURN", timedelta(0))
    job_id = a_job()
    for step in range(1, COUNT_TO + 1):
        assert outbox.relay_once() == 1
        assert written(job_id).split()[-1] == str(step)
    assert outbox.relay_once() == 0


def test_a_step_that_fails_ends_the_job_with_clear_words_and_leaves_nothing(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    during.append(at(3, ShopError("There is no third number.")))
    run_outbox()
    job = the_job(job_id)
    assert (job.state, job.outcome, job.done) == (JobState.FAILED, "There is no third number.", 2)
    assert job.said[-1][1] == "There is no third number."
    assert written(job_id) == "1 2 "


def test_a_fault_of_the_shop_is_told_without_its_inside(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    during.append(at(1, ValueError("secret of the inside")))
    run_outbox()
    told = the_job(job_id).outcome or ""
    assert "ValueError" in told
    assert "secret" not in told


def test_a_failed_job_goes_on_where_it_stood_when_it_is_tried_again(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    during.append(at(3, ShopError("Not now.")))
    run_outbox()
    during.clear()
    with unit_of_work():
        services.retry(db.session.get_one(Job, job_id), MEERA)
    run_outbox()
    assert (the_job(job_id).state, written(job_id)) == (JobState.DONE, "1 2 3 4 5 ")
    with pytest.raises(WrongState):
        services.retry(the_job(job_id), MEERA)


def test_a_deadlock_is_tried_again_at_once(app: Flask, during: list[During]) -> None:
    class Deadlock(Exception):
        sqlstate = "40P01"

    times = []

    def break_once(number: int) -> None:
        if number == 2 and not times:
            times.append(number)
            raise OperationalError("UPDATE", {}, Deadlock())

    during.append(break_once)
    job_id = a_job()
    run_outbox()
    assert (times, written(job_id)) == ([2], "1 2 3 4 5 ")


def test_a_waiting_job_that_is_cancelled_never_begins(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    with unit_of_work():
        services.cancel(db.session.get_one(Job, job_id), MEERA)
    run_outbox()
    assert (the_job(job_id).state, written(job_id)) == (JobState.CANCELLED, "")


def test_a_running_job_that_is_cancelled_stops_after_its_step(
    app: Flask, during: list[During], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TURN", timedelta(0))
    job_id = a_job()
    outbox.relay_once()
    with unit_of_work():
        services.cancel(db.session.get_one(Job, job_id), MEERA)
    run_outbox()
    job = the_job(job_id)
    assert (job.state, job.outcome, written(job_id)) == (JobState.CANCELLED, "Cancelled by Meera Nair.", "1 ")
    with pytest.raises(WrongState):
        services.cancel(job, MEERA)


def test_a_worker_whose_job_was_taken_over_stops_and_nothing_is_done_twice(app: Flask, during: list[During]) -> None:
    """The lease of the first worker's row ran out while it stood still before its second step."""
    job_id = a_job()
    first = running._take_up(job_id)
    assert running._try_step(job_id, first or 0, is_last=False)
    second = running._take_up(job_id)
    assert running._try_step(job_id, second or 0, is_last=False)
    assert not running._try_step(job_id, first or 0, is_last=False)
    assert written(job_id) == "1 2 "
    assert "another worker" in str(the_job(job_id).said)


def together(app: Flask) -> tuple[list[Exception | None], str, str]:
    """Several workers with one job at once: what each ended with, and what became of job and file."""
    job_id = a_job()
    told = all_at_once(app, lambda _number: running.run(services.JobOwed(job_id)), WORKERS)
    return told, the_job(job_id).state, written(job_id)


@pytest.mark.faults
def test_several_workers_with_one_job_do_each_step_once(app: Flask, during: list[During]) -> None:
    assert together(app) == ([None] * WORKERS, JobState.DONE, "1 2 3 4 5 ")


@pytest.mark.faults
def test_control_workers_that_do_not_hold_their_job_would_get_in_each_others_way(
    app: Flask, during: list[During], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_hold", lambda job_id, _claim: db.session.get_one(Job, job_id))
    rounds = (together(app) for _ in range(ROUNDS))
    assert any(found != ([None] * WORKERS, JobState.DONE, "1 2 3 4 5 ") for found in rounds)


def test_what_a_job_changes_is_done_by_who_asked_for_it_and_is_one_save(app: Flask, during: list[During]) -> None:
    during.append(lambda number: db.session.add(Brand(slug=f"brand-{number}", name=f"Brand {number}")))
    job_id = a_job()
    run_outbox()
    found = select(AuditEntry.user_id, func.count()).where(AuditEntry.request_id == f"job-{job_id}")
    (who, changes), *rest = db.session.execute(found.group_by(AuditEntry.user_id)).all()
    assert (who, changes, rest) == (7, COUNT_TO, [])


def test_one_sees_ones_own_jobs_and_those_of_kinds_one_may_start(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    seen = {name: len(rows(job_of(seer, job_id))) for name, seer in {
        "starter": Seer(7, frozenset()), "colleague": Seer(8, {"product:read"}), "stranger": Seer(9, {"order:read"}),
    }.items()}  # fmt: skip
    assert seen == {"starter": 1, "colleague": 1, "stranger": 0}
    numbers = select(open_number(Seer(7, ())), open_number(Seer(9, ())))
    assert db.session.execute(numbers).one() == (1, 0)
    run_outbox()
    assert db.session.execute(numbers).one() == (0, 0)
    assert [len(rows(jobs_of(Seer(7, ()), state=state))) for state in ("done", "failed")] == [1, 0]


def test_a_job_is_kept_for_thirty_days_with_its_files(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    run_outbox()
    for days, left in ((29, 5), (31, 0)):
        with time_machine.travel(now() + timedelta(days=days)), unit_of_work():
            services.forget_old()
        db.session.rollback()
        assert db.session.scalar(select(func.count(JobFile.id)).where(JobFile.job_id == job_id)) == left


def test_a_log_keeps_its_last_lines(app: Flask, during: list[During]) -> None:
    job = the_job(a_job())
    for number in range(services.LINES + 20):
        services.say(job, f"Line {number}")
    assert (len(job.said), job.said[-1][1]) == (services.LINES, f"Line {services.LINES + 19}")


def test_a_kind_that_is_gone_ends_its_jobs_with_words(app: Flask, during: list[During]) -> None:
    job_id = a_job()
    del kinds.KINDS["counting"]
    run_outbox()
    assert "does not know this kind" in (the_job(job_id).outcome or "")


def test_a_large_file_is_cut_into_parts(app: Flask, during: list[During]) -> None:
    job = the_job(a_job())
    content = b"x" * (2 * files.PART + 1)
    files.add_whole(job, "upload.csv", content)
    parts = list(files.parts_of(job.id, "upload.csv"))
    assert ([len(part) for part in parts], b"".join(parts) == content) == ([files.PART, files.PART, 1], True)


def test_nothing_stays_owed_when_a_job_is_over(app: Flask, during: list[During]) -> None:
    a_job()
    run_outbox()
    assert db.session.scalar(select(func.count()).where(OutboxEvent.done_at.is_(None))) == 0
