"""What the bench stands on: a PostgreSQL, a Valkey, and shops of every size, filled once and copied for each run."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg
from sqlalchemy import Engine, create_engine, make_url

from bench import floor
from shop.lib.database import engine_options
from tools.dev_servers import usable
from tools.local_servers import Postgres, Valkey
from tools.processes import ServerFailed

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"
SECRET = "the-bench-signs-its-own-cookies-with-this"  # noqa: S105
COMMON = {
    "PYTHON_DOTENV_DISABLED": "1",
    "FLASK_SKIP_DOTENV": "1",
    "PYTHONPATH": str(ROOT),
    "SECRET_KEY": SECRET,
    "FIELD_ENC_KEYS": "YmVuY2hiZW5jaGJlbmNoYmVuY2hiZW5jaGJlbmNoMDA=",
    "ALLOWED_HOSTS": "127.0.0.1",
}


class Ground:
    """The servers of one run, and the databases on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.postgres = Postgres(usable(folder / "postgresql"))
        self.valkey = Valkey(folder / "valkey")
        self.address = ""

    def start(self) -> None:
        """Start Valkey, and PostgreSQL unless DATABASE_URL names one whose user may create databases."""
        self._claim_folder()
        for log in self.folder.glob("*.log"):
            log.unlink()
        self.valkey.start()
        given = os.environ.get("DATABASE_URL", "")
        if not given:
            self.postgres.start()
        self.address = given or self.postgres.url()

    def stop(self) -> None:
        """Stop what was started here; filled shops stay for the next run."""
        self.valkey.stop()
        self.postgres.stop()

    def shop_of(self, products: int, database: str = POSTGRESQL) -> str:
        """The address of a shop with so many products: a copy that may be written to, made anew at each call."""
        if database == SQLITE:
            return sqlite_of(self.folder, products)
        kept, mine = f"bench_{products}_{fingerprint()}", f"bench_{products}"
        if not self._has(kept):
            self._make("bench_filling")
            fill(self.url("bench_filling"), products, self.folder)
            self._administrate(f'ALTER DATABASE "bench_filling" RENAME TO "{kept}"')
        self._make(mine, template=kept)
        return self.url(mine)

    def floor(self, database: str = POSTGRESQL) -> str:
        """The address of the floor's rows."""
        if database == SQLITE:
            url = f"sqlite:///{_cleared(self.folder / 'floor.sqlite3')}"
        else:
            self._make("bench_floor")
            url = self.url("bench_floor")
        engine = create_engine(url)
        floor.fill(engine)
        engine.dispose()
        return url

    def version(self) -> str:
        """PostgreSQL's own."""
        with self._connect() as connection:
            return f"{connection.info.server_version // 10000}"

    def url(self, database: str) -> str:
        """Another database on the same server."""
        url = make_url(self.address).set(drivername="postgresql+psycopg", database=database)
        return url.render_as_string(hide_password=False)

    def _claim_folder(self) -> None:
        """Two runs at once would measure each other, and one would pull the databases from under the other."""
        self.claim = (self.folder / "running").open("w")
        try:
            fcntl.flock(self.claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerFailed(f"another run is using {self.folder}") from None

    def _make(self, name: str, template: str = "template0") -> None:
        self._administrate(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._administrate(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')

    def _has(self, name: str) -> bool:
        with self._connect() as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone())

    def _administrate(self, statement: str) -> None:
        with self._connect() as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def _connect(self) -> psycopg.Connection:
        address = self.url(make_url(self.address).database or "postgres")
        return psycopg.connect(address.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)


def sqlite_of(folder: Path, products: int) -> str:
    """The address of a shop in a file: a copy that may be written to, made anew at each call."""
    kept, mine = folder / f"sqlite-{products}-{fingerprint()}.sqlite3", folder / f"sqlite-{products}.sqlite3"
    if not kept.exists():
        filling = _cleared(folder / "filling.sqlite3")
        fill(f"sqlite:///{filling}", products, folder)
        _gather(f"sqlite:///{filling}")
        filling.rename(kept)
    shutil.copyfile(kept, _cleared(mine))
    return f"sqlite:///{mine}"


def engine_of(url: str) -> Engine:
    """A connection to a shop's database, as the shop itself has it."""
    return create_engine(url, **engine_options(url, threads=1))


def _gather(url: str) -> None:
    """Write what still stands beside the file into it: its processes end without closing it."""
    engine = engine_of(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _cleared(path: Path) -> Path:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    return path


def fill(url: str, products: int, folder: Path) -> None:
    """Migrate an empty database and load the demo shop's frame with so many products."""
    environment = surroundings(url, folder, SHOP_ENV="development")
    print(f"Filling a shop with {products:,} products (once)", flush=True)
    for command in (("db", "upgrade"), ("shop", "init"), ("shop", "demo", "--products", str(products))):
        line = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
        done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"flask {' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def surroundings(url: str, folder: Path, **more: str) -> dict[str, str]:
    """The environment of a process of the bench: nothing of the developer's own settings reaches it."""
    ours: Mapping[str, str] = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**ours, **COMMON, "DATABASE_URL": url, "INSTANCE_PATH": str(folder / "instance"), **more}


def fingerprint() -> str:
    """Changes with the migrations and with what fills the shop, so that no run measures an older one."""
    sources = sorted([*(ROOT / "migrations" / "versions").glob("*.py"), *(ROOT / "shop/cli/demo").rglob("*.*")])
    kept = [path for path in sources if "__pycache__" not in path.parts]
    return hashlib.sha256(b"".join(path.read_bytes() for path in kept)).hexdigest()[:8]
