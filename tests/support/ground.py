"""What a whole test run stands on: one PostgreSQL, one Valkey and the migrated shops every test starts from.

The process that controls the run prepares it once; workers inherit the addresses through the environment.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, insert, make_url

from shop.lib.database import sqlite_module
from shop.store.models import SettingValue
from shop.store.settings import UNPAID_ORDERS
from tests.support.forks import Fork
from tools.local_servers import Postgres, Valkey
from tools.processes import is_root

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "SHOP_TEST_FOLDER"
POSTGRESQL = "TEST_DATABASE_URL"
REDIS = "TEST_REDIS_URL"
ENGINES = ("sqlite", "postgresql")
SETTINGS = {"SHOP_ENV": "test", "PYTHON_DOTENV_DISABLED": "1", "FLASK_SKIP_DOTENV": "1", "BASE_URL": "http://localhost"}


class Ground:
    """Servers and templates of one run; `close` leaves nothing behind."""

    def __init__(self, engines: tuple[str, ...]) -> None:
        self.folder = _short_folder()
        self.postgres = Postgres(self.folder / "pg", durable=False)
        self.valkey = Valkey(self.folder / "valkey")
        self.engines = engines
        self.announced: list[str] = []

    def prepare(self) -> None:
        """Start what the environment does not name already, and build the template shops."""
        self._announce(FOLDER, str(self.folder))
        if not os.environ.get(REDIS):
            self.valkey.start()
            self._announce(REDIS, self.valkey.url())
        if "postgresql" in self.engines and not os.environ.get(POSTGRESQL):
            self.postgres.start()
            self._announce(POSTGRESQL, self.postgres.url())
        _build_templates(self.engines)

    def close(self) -> None:
        """Stop our servers, drop our databases on a foreign one, and remove every file."""
        if self.postgres.process is None and os.environ.get(POSTGRESQL):
            with contextlib.suppress(psycopg.Error):
                _drop_ours()
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in self.announced:
            os.environ.pop(name, None)

    def _announce(self, name: str, value: str) -> None:
        os.environ[name] = value
        self.announced.append(name)


def folder() -> Path:
    """Where this run keeps its files."""
    return Path(os.environ[FOLDER])


def prefix() -> str:
    """What the names of this run's databases begin with, so that two runs may share a server."""
    return f"{folder().name.replace('-', '_').lower()}_"


def template_url(engine: str) -> str:
    """The address of the migrated shop that tests get copies of."""
    return sqlite_url(folder() / "template.sqlite3") if engine == "sqlite" else postgresql_url(prefix() + "template")


def sqlite_url(path: Path) -> str:
    """A file's address."""
    return f"sqlite:///{path}"


def postgresql_url(database: str) -> str:
    """Another database on the run's server."""
    url = make_url(os.environ[POSTGRESQL]).set(drivername="postgresql+psycopg", database=database)
    return url.render_as_string(hide_password=False)


def administrate() -> psycopg.Connection:
    """A connection that may create and drop databases."""
    return connect(postgresql_url(make_url(os.environ[POSTGRESQL]).database or "postgres"))


def connect(url: str) -> psycopg.Connection:
    """A plain connection to an SQLAlchemy address, committing every statement."""
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)


def shop_environment(database_url: str, instance: Path, **more: str) -> dict[str, str]:
    """The environment of a shop process under test: nothing of the developer's own settings reaches it."""
    ours = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    own = {"DATABASE_URL": database_url, "INSTANCE_PATH": str(instance), "PYTHONPATH": str(ROOT)}
    return ours | SETTINGS | compiled() | own | more


def compiled() -> dict[str, str]:
    """All shops of a run are one checkout: a template is compiled once for all of them."""
    return {"COMPILED_PATH": str(folder() / "compiled")}


def run_shop(environment: Mapping[str, str], *command: str) -> None:
    """Run one flask command, or raise with everything it said."""
    log = folder() / f"command-{os.getpid()}.log"
    log.unlink(missing_ok=True)
    process = Fork(["-m", "flask", "--app", "wsgi", *command], ROOT, log, {**environment, "START_BACKGROUND": "false"})
    if process.wait():
        raise RuntimeError(f"flask {' '.join(command)} failed:\n{log.read_text(errors='replace')}")


def _build_templates(engines: tuple[str, ...]) -> None:
    for engine in engines:
        url = template_url(engine)
        if engine == "postgresql":
            with administrate() as connection:
                connection.execute(f'CREATE DATABASE "{prefix()}template"')
        environment = shop_environment(url, folder() / f"instance-{engine}")
        run_shop(environment, "db", "upgrade")
        run_shop(environment, "shop", "init")
        _lift_limits(url)


def _lift_limits(url: str) -> None:
    """One buyer of a test places as many orders as it likes; tests of that limit set it themselves."""
    engine = create_engine(url, **({"module": sqlite_module()} if url.startswith("sqlite") else {}))
    with engine.begin() as connection:
        connection.execute(insert(SettingValue).values(key=UNPAID_ORDERS.key, value=0))
    engine.dispose()


def _drop_ours() -> None:
    with administrate() as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (prefix(),))
        for (name,) in names.fetchall():
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _short_folder() -> Path:
    """A folder with a path short enough for sockets, in memory where there is room, reachable for `nobody`."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 << 30
    made = Path(tempfile.mkdtemp(prefix="shop-", dir=memory if roomy else "/tmp"))
    if is_root():
        made.chmod(0o711)
    return made
