"""Databases that are as new before every test, although the shop really commits."""

import os
import shutil
from pathlib import Path
from typing import Any, Protocol

import psycopg

from shop.lib.database import sqlite_module
from tests.support import ground

HARNESS = (Path(__file__).parent / "harness.sql").read_text()
SIDE_FILES = ("-wal", "-shm", "-journal")


class Database(Protocol):
    """One shop's database, put back to how the template was, or to what `keep` saw."""

    url: str

    def keep(self) -> None: ...

    def restore(self) -> None: ...

    def watch(self) -> None: ...

    def touched(self) -> set[str] | None: ...

    def drop(self) -> None: ...


class SqliteDatabase:
    """A file of its own, copied from the template."""

    def __init__(self, name: str) -> None:
        self.path = ground.folder() / f"{name}.sqlite3"
        self.kept = Path(f"{self.path}-kept")
        self.url = ground.sqlite_url(self.path)
        self.watcher: Any = None
        self.restore()

    def keep(self) -> None:
        """From now on `restore` comes back to here; connections must be closed before."""
        shutil.copyfile(self.path, self.kept)

    def restore(self) -> None:
        """Copy what is kept, or the template, over it; connections must be closed before."""
        self._look_away()
        self._remove("", *SIDE_FILES)
        shutil.copyfile(self.kept if self.kept.exists() else ground.folder() / "template.sqlite3", self.path)

    def watch(self) -> None:
        """From now on `touched` notices what others commit."""
        self._look_away()
        self.watcher = sqlite_module().connect(self.path)
        self.seen = self._version()

    def touched(self) -> set[str] | None:
        """No table when nothing was committed since `watch`, else None: it may be any."""
        return set() if self._version() == self.seen else None

    def drop(self) -> None:
        """Remove the file and what stands beside it."""
        self._look_away()
        self._remove("", *SIDE_FILES, "-kept")

    def _version(self) -> int:
        """A number that another connection's commit changes."""
        return int(self.watcher.execute("PRAGMA data_version").fetchone()[0])

    def _look_away(self) -> None:
        if self.watcher is not None:
            self.watcher.close()
            self.watcher = None

    def _remove(self, *endings: str) -> None:
        for ending in endings:
            Path(f"{self.path}{ending}").unlink(missing_ok=True)


class PostgresDatabase:
    """A clone of the template that notes which tables a test touched and puts back only those."""

    def __init__(self, name: str, *, restorable: bool = True) -> None:
        self.name = ground.prefix() + name
        self.url = ground.postgresql_url(self.name)
        self.line: psycopg.Connection | None = None
        with ground.administrate() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{ground.prefix()}template"')
        if restorable:
            self.line = ground.connect(self.url)
            self.line.execute(HARNESS)

    def keep(self) -> None:
        """From now on `restore` comes back to here."""
        assert self.line is not None
        self.line.execute("SELECT harness.keep()")

    def restore(self) -> None:
        """Put the touched tables and the sequences back, or name the connection that is in the way."""
        assert self.line is not None
        self.line.execute("SELECT harness.restore()")

    def watch(self) -> None:
        """Its triggers watch at all times."""

    def touched(self) -> set[str] | None:
        """The tables that were written since `keep` or `restore`, be it with the same."""
        assert self.line is not None
        return {name for (name,) in self.line.execute("SELECT DISTINCT name FROM harness.touched")}

    def drop(self) -> None:
        """Remove the database, whoever is connected."""
        if self.line is not None:
            self.line.close()
        with ground.administrate() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def worker() -> str:
    """This process's name in a parallel run."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def open_database(engine: str, name: str, *, restorable: bool = True) -> Database:
    """A fresh copy of the template for this worker."""
    own = f"{worker()}_{name}"
    return SqliteDatabase(own) if engine == "sqlite" else PostgresDatabase(own, restorable=restorable)
