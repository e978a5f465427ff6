"""Brings a development database up to date, and fills a new one with the demo shop."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

STAMP = "prepared"


class NotPrepared(RuntimeError):
    """A migration or the demo shop failed; the command's own words stand above."""


def prepare(root: Path, environment: Mapping[str, str], *, is_ours: bool) -> None:
    """Migrate when there are migrations this database has not seen; load the demo shop once, and only into our own.

    The stamp names the migrations and the database, so a second start need not even open it.
    """
    instance = Path(environment["INSTANCE_PATH"])
    url = environment.get("DATABASE_URL") or f"sqlite:///{instance / 'shop.sqlite3'}"
    stamp = instance / STAMP
    done = stamp.read_text().splitlines() if stamp.exists() and _is_there(url) else []
    current = [f"migrations {_fingerprint(root / 'migrations', url)}", f"demo {_short(url)}"]
    if done == current:
        return
    instance.mkdir(parents=True, exist_ok=True)
    print("Bringing the database up to date", flush=True)
    _flask(root, environment, "db", "upgrade")
    if is_ours and current[1] not in done:
        _load_demo(root, environment)
    stamp.write_text("\n".join(current))


def _load_demo(root: Path, environment: Mapping[str, str]) -> None:
    print("Loading the demo shop (once)", flush=True)
    _flask(root, environment, "shop", "init")
    _flask(root, environment, "shop", "demo")


def _flask(root: Path, environment: Mapping[str, str], *command: str) -> None:
    line = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    own = {**environment, "START_BACKGROUND": "false"}
    if subprocess.run(line, cwd=root, env=own, check=False).returncode:
        raise NotPrepared(f"flask {' '.join(command)} failed: see above.")


def _is_there(url: str) -> bool:
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def _fingerprint(migrations: Path, url: str) -> str:
    names = sorted(path.name for path in (migrations / "versions").glob("*.py"))
    return _short("\n".join([url, *names]))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
