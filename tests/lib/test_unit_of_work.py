"""One unit around a view: committed below 400, read-only for safe methods, run again after a deadlock."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, abort
from psycopg.errors import DeadlockDetected
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from shop.accounts.models import Session
from shop.accounts.visits import with_session
from shop.extensions import db
from shop.lib.models import IdempotencyKey
from shop.lib.unit_of_work import NestedUnit, after_commit, unit_of_work


@pytest.fixture
def view(app: Flask) -> Iterator[Callable[..., None]]:
    """Puts a view of the test's own behind `/health` or `/theme`."""
    kept = dict(app.view_functions)

    def put(function: Callable[[], object], endpoint: str) -> None:
        app.view_functions[endpoint] = function

    yield put
    app.view_functions.clear()
    app.view_functions.update(kept)


def endpoint_of(app: Flask) -> str:
    return next(rule.endpoint for rule in app.url_map.iter_rules() if rule.rule == "/theme")


def write() -> None:
    db.session.add(IdempotencyKey(scope="test", key="k", request_hash="h"))
    db.session.flush()


def written() -> int:
    return db.session.scalar(select(func.count(IdempotencyKey.id))) or 0


def test_a_view_that_answers_below_400_is_committed(app: Flask, client, view) -> None:  # type: ignore[no-untyped-def]
    view(lambda: (write(), "done")[1], endpoint_of(app))
    assert client.post("/theme").status_code == 200
    assert written() == 1


def test_a_view_that_refuses_leaves_nothing(app: Flask, client, view) -> None:  # type: ignore[no-untyped-def]
    view(lambda: (write(), ("no", 422))[1], endpoint_of(app))
    assert client.post("/theme").status_code == 422
    assert written() == 0


def test_a_view_that_raises_leaves_nothing(app: Flask, client, view) -> None:  # type: ignore[no-untyped-def]
    view(lambda: (write(), abort(404))[1], endpoint_of(app))
    assert client.post("/theme").status_code == 404
    assert written() == 0


def test_the_database_refuses_a_safe_method_that_writes(app: Flask, client, view) -> None:  # type: ignore[no-untyped-def]
    view(lambda: (write(), "done")[1], "health.show")
    assert client.get("/health").status_code == 500
    assert written() == 0


def test_a_read_only_unit_refuses_a_write(app: Flask) -> None:
    with pytest.raises(DBAPIError), unit_of_work(read_only=True):
        write()
    with unit_of_work():
        write()
    assert written() == 1


def test_a_read_only_unit_is_refused_where_a_transaction_that_can_write_is_open(app: Flask) -> None:
    db.session.execute(text("SELECT 1"))
    with pytest.raises(NestedUnit), unit_of_work(read_only=True):
        pytest.fail("this unit could write")


def test_a_second_unit_inside_an_open_one_is_an_error(app: Flask) -> None:
    with pytest.raises(NestedUnit), unit_of_work(), unit_of_work():
        pass


def test_wake_up_calls_ring_only_after_a_commit(app: Flask) -> None:
    rung: list[str] = []

    def fail() -> None:
        with unit_of_work():
            after_commit(lambda: rung.append("rolled back"))
            db.session.execute(text("SELECT nonsense"))

    with pytest.raises(DBAPIError):
        fail()
    with unit_of_work():
        after_commit(lambda: rung.append("committed"))
    assert rung == ["committed"]


def test_a_deadlocked_view_runs_again_as_if_for_the_first_time(app: Flask, client, view) -> None:  # type: ignore[no-untyped-def]
    tries: list[str | None] = []

    def deadlocked_once() -> str:
        tries.append(with_session().session_id)
        write()
        if len(tries) == 1:
            raise OperationalError("UPDATE", {}, DeadlockDetected())
        return "done"

    view(deadlocked_once, endpoint_of(app))
    assert client.post("/theme").status_code == 200
    assert (len(set(tries)), written()) == (2, 1)
    assert list(db.session.scalars(select(Session.id))) == tries[1:]
