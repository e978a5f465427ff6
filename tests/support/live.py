"""The shop as real processes: gunicorn, worker, relay and cron, on a database and a port of their own."""

import itertools
import os
import shutil
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from flask import Flask

from shop.extensions import db
from tests.support import ground
from tests.support.databases import open_database
from tests.support.forks import Fork
from tests.support.shops import make_app, test_config
from tools.processes import free_port, stop_all, wait_until

numbers = itertools.count(1)


class LiveShop:
    """A running shop. `settings` are environment variables on top of a test's usual ones.

    `serves` and `works` are its WSGI app and its worker script, where a control has its own.
    """

    def __init__(
        self, engine: str, serves: str = "wsgi:app", works: Sequence[str] = ("worker.py",), **settings: str
    ) -> None:
        self.engine, self.serves, self.works = engine, serves, works
        name = f"live{next(numbers)}"
        self.database = open_database(engine, name, restorable=False)
        self.folder = ground.folder() / f"{Path(self.database.url).name.partition('?')[0]}-files"
        self.folder.mkdir(parents=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        background = {} if "REDIS_URL" in settings else {"START_BACKGROUND": "true"}
        own = {"BASE_URL": self.url, "HOST": "127.0.0.1", "PORT": str(self.port), "WEB_WORKERS": "1"}
        self.environment = ground.shop_environment(self.database.url, self.folder, **(own | background | settings))
        self.web: Fork | None = None
        self.helpers: list[Fork] = []

    def start(self) -> None:
        """Serve pages and wait until /health answers."""
        command = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", self.serves]
        log = self.folder / "web.log"
        self.web = Fork(command, ground.ROOT, log, self.environment)
        wait_until(self._answers, self.web, log)

    def run(self, *command: str) -> None:
        """Run a flask command against this shop, e.g. `run("shop", "audit")`; raises when it fails."""
        ground.run_shop(self.environment, *command)

    def help_with(self, command: str) -> Fork:
        """Start `worker.py work`, `relay` or `cron` beside it; needs REDIS_URL."""
        self.helpers.append(Fork([*self.works, command], ground.ROOT, self.folder / f"{command}.log", self.environment))
        return self.helpers[-1]

    def kill(self) -> None:
        """End the web processes as a power cut would."""
        assert self.web is not None
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The shop's database, for the test: an app in a pushed context, apart from the shop's own processes."""
        with self.app.app_context():
            yield self.app
            db.session.remove()

    @cached_property
    def app(self) -> Flask:
        """The app the test itself reads and writes with."""
        return make_app(test_config(self.database.url, redis_url=self.environment.get("REDIS_URL")))

    def wait_for(self, what: Callable[[], bool], seconds: float = 60) -> None:
        """Return once something is so; fail with everything the shop said when it never is."""
        until = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < until, self.logs()
            time.sleep(0.05)

    def logs(self) -> str:
        """Everything its processes said, for a failing test's message."""
        return "\n".join(f"== {log.name}\n{log.read_text(errors='replace')}" for log in self.folder.glob("*.log"))

    def close(self) -> None:
        """Stop everything and remove the database and the files."""
        stop_all([process for process in (self.web, *self.helpers) if process], seconds=5)
        if "app" in vars(self):
            with self.inside():
                db.engine.dispose()
        self.database.drop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                return True
        except urllib.error.HTTPError as refused:
            return refused.code < 500
        except OSError:
            time.sleep(0.1)
            return False
