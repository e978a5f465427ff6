"""What is owed gets done by separate processes, and they wait out a Redis that is away."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from shop.lib.database import engine_options
from tests.support.live import LiveShop
from tools.local_servers import Valkey

pytestmark = pytest.mark.faults
JOB = "checkout.jobs:expire_unpaid_orders"
OWE = text(
    "INSERT INTO outbox_event (event, payload, handler, created_at, due_at, claim, failures)"
    " VALUES ('TimedJobDue', :payload, :handler, :now, :now, 0, 0)"
)
OPEN = text("SELECT count(*) FROM outbox_event WHERE done_at IS NULL")


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def shop(closed_live_shop: Callable[..., LiveShop], valkey: Valkey) -> LiveShop:
    return closed_live_shop(REDIS_URL=valkey.url())


def database_of(shop: LiveShop) -> Engine:
    return create_engine(shop.database.url, **engine_options(shop.database.url, 2))


def owe(shop: LiveShop) -> None:
    """One row of work, as a request's unit would have left it."""
    with database_of(shop).begin() as line:
        line.execute(OWE, {"payload": f'{{"name": "{JOB}"}}', "handler": JOB, "now": datetime.now(UTC)})


def is_done_within(shop: LiveShop, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with database_of(shop).connect() as line:
            if line.scalar(OPEN) == 0:
                return True
        time.sleep(0.1)
    return False


def test_owed_work_is_done_by_the_relay_and_a_worker(shop: LiveShop) -> None:
    owe(shop)
    shop.help_with("relay")
    shop.help_with("work")
    assert is_done_within(shop, 15), shop.logs()


def test_without_a_worker_owed_work_stays_owed(shop: LiveShop) -> None:
    shop.start()
    owe(shop)
    shop.help_with("relay")
    assert not is_done_within(shop, 3)


def test_the_clock_makes_work_due(shop: LiveShop) -> None:
    for command in ("cron", "work"):
        shop.help_with(command)
    until = time.monotonic() + 15
    jobs = text("SELECT count(*) FROM timed_job")
    while time.monotonic() < until:
        with database_of(shop).connect() as line:
            if line.scalar(jobs):
                return
        time.sleep(0.1)
    pytest.fail(shop.logs())


def test_work_owed_while_redis_was_away_is_done_when_it_is_back_empty(shop: LiveShop, valkey: Valkey) -> None:
    helpers = [shop.help_with(command) for command in ("relay", "work", "cron")]
    valkey.stop()
    owe(shop)
    time.sleep(2)
    valkey.start()
    assert is_done_within(shop, 30), shop.logs()
    assert [helper.poll() for helper in helpers] == [None, None, None]


def test_helpers_end_when_asked_even_while_redis_is_away(shop: LiveShop, valkey: Valkey) -> None:
    helpers = [shop.help_with(command) for command in ("relay", "work", "cron")]
    time.sleep(2)
    valkey.stop()
    time.sleep(1)
    for helper in helpers:
        helper.terminate()
    assert [helper.wait(timeout=10) is not None for helper in helpers] == [True, True, True]
