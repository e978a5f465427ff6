"""What runs beside the web processes of a shop with Redis: `python worker.py work | relay | cron`.

`work` runs jobs (any number of processes), `relay` hands owed outbox rows to them (one is enough, two do no harm),
`cron` rings the clock (exactly one). All three wait and go on when Redis or the database is away.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import structlog
from redis.client import PubSub
from redis.exceptions import RedisError
from rq import Worker
from rq.cron import CronScheduler
from rq.exceptions import StopRequested
from rq.worker import WorkerStatus
from sqlalchemy.exc import DBAPIError

from shop.extensions import db
from shop.lib import outbox, timed, workers
from wsgi import app

LOOK_EVERY = 1.0
TICK_EVERY = 30
PAUSE = 1.0
AWAY = (RedisError, DBAPIError, OSError)
log = structlog.get_logger()
stopping = threading.Event()


class ShopWorker(Worker):
    """RQ's worker, whose forked jobs never share a database connection with their parent."""

    max_connection_wait_time = 2

    def request_stop(self, *args: Any) -> None:
        """Remember the wish: with Redis away RQ's own way out fails and would look like an outage to wait for."""
        stopping.set()
        super().request_stop(*args)

    def heartbeat(self, *args: Any, **kwargs: Any) -> None:
        """An idle worker that was asked to end does so here, if the signal's own exception was swallowed."""
        if stopping.is_set() and self.get_state() == WorkerStatus.IDLE:
            raise StopRequested
        super().heartbeat(*args, **kwargs)

    def main_work_horse(self, *args: Any, **kwargs: Any) -> None:
        db.engine.dispose(close=False)
        super().main_work_horse(*args, **kwargs)


class ShopCron(CronScheduler):
    """RQ's scheduler, which also ends while Redis is away."""

    def _request_stop(self, signum: int, frame: FrameType | None) -> None:
        stopping.set()
        super()._request_stop(signum, frame)


def work(maintenance_interval: int) -> None:
    """Run jobs until told to stop; the running job is finished first.

    The short maintenance interval finds jobs whose worker was killed long before RQ's own ten minutes.
    """

    def once() -> None:
        worker = ShopWorker(
            [workers.queue()], connection=workers.connection(), maintenance_interval=maintenance_interval
        )
        worker.work(logging_level="WARNING", with_scheduler=False)
        stopping.set()

    _keep(once)


def relay() -> None:
    """Hand out owed rows at once when the bell rings, and look once a second anyway."""
    _stop_on_signals()

    def listen() -> None:
        with workers.connection().pubsub(ignore_subscribe_messages=True) as bell:
            bell.subscribe(workers.BELL)
            while not stopping.is_set():
                _hand_out_all()
                _wait_for(bell)

    _keep(listen)


def cron() -> None:
    """Ring the clock every half minute; what is due is decided by rows in the database."""

    def once() -> None:
        scheduler = ShopCron(connection=workers.connection(), logging_level="WARNING")
        scheduler.register(
            timed.tick, workers.QUEUE, interval=TICK_EVERY, ttl=TICK_EVERY, result_ttl=0, failure_ttl=3600
        )
        scheduler.start()
        stopping.set()

    _keep(once)


def _keep(run: Callable[[], None]) -> None:
    """Run something again and again until it ended by itself; wait while Redis or the database is away."""
    while not stopping.is_set():
        try:
            run()
        except StopRequested:
            stopping.set()
        except AWAY as error:
            if stopping.is_set():
                return
            log.warning("waiting", what=type(error).__name__, error=str(error)[:200])
            stopping.wait(PAUSE)


def _hand_out_all() -> None:
    """Claim nothing while Redis is away: a lease taken for nothing delays the row."""
    workers.connection().ping()
    while not stopping.is_set():
        with app.app_context():
            if not outbox.relay_once():
                return


def _wait_for(bell: PubSub) -> None:
    """Sleep until the bell rings or a second is over; further rings count as the same one."""
    until = time.monotonic() + LOOK_EVERY
    while not stopping.is_set() and (left := until - time.monotonic()) > 0:
        if bell.get_message(timeout=left) is not None:
            break
    while bell.get_message(timeout=0) is not None:
        pass


def _stop_on_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def main(arguments: list[str]) -> None:
    """Read the subcommand and run it inside the shop's context."""
    parser = argparse.ArgumentParser(prog="worker.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    working = commands.add_parser("work", help="run jobs")
    working.add_argument("--maintenance-interval", type=int, default=60, metavar="SECONDS")
    commands.add_parser("relay", help="hand owed outbox rows to the workers")
    commands.add_parser("cron", help="ring the clock; run exactly one")
    chosen = parser.parse_args(arguments)
    if not app.config["SHOP"].redis_url:
        sys.exit("worker.py needs REDIS_URL; without Redis the web process does this work itself")
    with app.app_context():
        if chosen.command == "work":
            work(chosen.maintenance_interval)
        else:
            {"relay": relay, "cron": cron}[chosen.command]()


if __name__ == "__main__":
    main(sys.argv[1:])
