"""Databases that are as new before every test, although the shop really commits."""

import os
import shutil
from pathlib import Path
from typing import Protocol

import psycopg

from tests.support import ground

HARNESS = (Path(__file__).parent / "harness.sql").read_text()
SIDE_FILES = ("-wal", "-shm", "-journal")


class Database(Protocol):
    """One shop's database, put back to how the template was, or to what `keep` saw."""

    url: str

    def keep(self) -> None: ...

    def restore(self) -> None: ...

    def drop(self) -> None: ...


class SqliteDatabase:
    """A file of its own, copied from the template."""

    def __init__(self, name: str) -> None:
        self.path = ground.folder() / f"{name}.sqlite3"
        self.kept = Path(f"{self.path}-kept")
        self.url = ground.sqlite_url(self.path)
        self.restore()

    def keep(self) -> None:
        """From now on `restore` comes back to here; connections must be closed before."""
        shutil.copyfile(self.path, self.kept)

    def restore(self) -> None:
        """Copy what is kept, or the template, over it; connections must be closed before."""
        self._remove("", *SIDE_FILES)
        shutil.copyfile(self.kept if self.kept.exists() else ground.folder() / "template.sqlite3", self.path)

    def drop(self) -> None:
        """Remove the file and what stands beside it."""
        self._remove("", *SIDE_FILES, "-kept")

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
