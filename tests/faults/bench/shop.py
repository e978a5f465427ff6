"""The shop as it runs in earnest, with hands on its processes, its clock and its fault points."""

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import func, select, update

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.events import HANDLERS, owe
from shop.lib.faults import REACHED
from shop.lib.models import OutboxEvent
from shop.lib.timed import TimedJobDue
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from tests.support.live import LiveShop
from tools.local_servers import Valkey
from tools.processes import stop_all

EXPIRY = "checkout.jobs:expire_unpaid_orders"
MAILS = "notifications."
WAITING = OutboxEvent.done_at.is_(None)
CATCHES_UP = 3.0
UNGUARDED = "tests.faults.bench.without"


class BenchShop(LiveShop):
    """Four web processes, relay, worker and Redis on PostgreSQL; on SQLite one process that does everything.

    `without` names the guard of `without.py` that this shop shall lack.
    """

    def __init__(self, engine: str, without: str = "") -> None:
        super().__init__(engine, *((f"{UNGUARDED}:app", ("-m", UNGUARDED)) if without else ()))
        self.points = self.folder / "faults"
        self.points.mkdir()
        self.environment |= {"FAULTS": str(self.points), "WITHOUT": without}
        self.valkey = Valkey(self.folder / "valkey") if engine == "postgresql" else None
        if self.valkey:
            self.valkey.start()
            self.environment |= {"WEB_WORKERS": "4", "REDIS_URL": self.valkey.url(), "START_BACKGROUND": "false"}
            # Imported once and forked four times: the bench starts shops so often that it is half of its time.
            self.environment["GUNICORN_CMD_ARGS"] = "--preload"

    def start(self) -> None:
        """Start what does not run, with no point armed; on PostgreSQL only pages are served until `work`."""
        for left in self.points.iterdir():
            left.unlink()
        stop_all(self.helpers)
        self.helpers.clear()
        if self.web is None or self.web.poll() is not None:
            super().start()

    def work(self) -> None:
        """Let what is owed be done beside the pages; on SQLite the web process does it anyway.

        Mails that are owed by now count as sent: they have tests of their own, and here others would wait for them.
        """
        with self.inside(), unit_of_work():
            unsent = update(OutboxEvent).where(WAITING, OutboxEvent.handler.startswith(MAILS))
            db.session.execute(unsent.values(done_at=now()))
        for command in ("relay", "work") if self.valkey and not self.helpers else ():
            self.help_with(command)

    def catch_up(self) -> None:
        """Where one process does everything, let it: what it owes comes by fault points, too.

        Should that be held at one itself, it comes by no other, and nobody waits for it.
        """
        if self.valkey is None:
            with suppress(AssertionError):
                self.wait_for(lambda: self.owed() == 0, seconds=CATCHES_UP)

    def cut_power(self) -> None:
        """End every process of the shop at once, as kill -9 does."""
        if self.web and self.web.poll() is None:
            self.kill()
        for helper in self.helpers:
            os.killpg(helper.pid, signal.SIGKILL)
            helper.wait()
        self.helpers.clear()

    def close(self) -> None:
        self.cut_power()
        super().close()
        if self.valkey:
            self.valkey.stop()

    def arm(self, point: str) -> None:
        """Hold the next one who comes by this fault point."""
        (self.points / point).touch()

    def wait_until_at(self, point: str) -> int:
        """Wait until somebody is held at the point; returns the id of that process."""
        reached = self.points / f"{point}{REACHED}"
        self.wait_for(lambda: reached.exists() and reached.read_text().isdigit())
        return int(reached.read_text())

    def let_go(self, point: str) -> None:
        """Let whoever is held at the point go on."""
        (self.points / f"{point}{REACHED}").unlink()

    def ring(self, job: str) -> None:
        """The clock's moment for a timed job comes."""
        with self.inside(), unit_of_work():
            owe(HANDLERS[job], TimedJobDue(job))

    def make_late(self, order_ids: Sequence[int]) -> None:
        """Let the time to pay be over for these orders, and the clock's moment come to look for such."""
        with self.inside(), unit_of_work():
            late = update(Order).where(Order.id.in_(order_ids), Order.unpaid_until.is_not(None))
            db.session.execute(late.values(unpaid_until=now() - timedelta(seconds=1)))
        self.ring(EXPIRY)

    def end_leases(self) -> None:
        """What two minutes would do: claims of processes that are gone run out."""
        with self.inside(), unit_of_work():
            db.session.execute(update(OutboxEvent).where(WAITING).values(claimed_until=None, due_at=now()))

    def audit(self) -> None:
        """Check the books as the operator would; raises when they do not balance."""
        self.run("shop", "audit")

    def settle(self) -> None:
        """Wait until nothing but mail is owed any more, and check the books."""
        self.work()
        self.wait_for(lambda: self.owed() == 0)
        self.audit()

    def owed(self) -> int:
        """Outbox rows that wait, mails apart."""
        waiting = select(func.count()).where(WAITING, ~OutboxEvent.handler.startswith(MAILS))
        with self.inside():
            return db.session.scalar(waiting) or 0
