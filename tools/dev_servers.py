"""PostgreSQL and Valkey for `bin/dev --full`, with data that stays."""

import hashlib
import os
from pathlib import Path

from tools.local_servers import SOCKET_PATH_LIMIT, Postgres, Valkey
from tools.processes import NOBODY, ServerFailed, is_root

SOCKET_NAME = "/.s.PGSQL.5432"


def start(servers: list[Postgres | Valkey], folder: Path) -> dict[str, str]:
    """Start both, remember them in `servers`, and return their addresses as the shop's variables."""
    postgres = Postgres(usable(folder / "postgresql"))
    servers.append(postgres)
    postgres.start()
    postgres.create_database("shop")
    valkey = Valkey(folder / "valkey", durable=True)
    servers.append(valkey)
    valkey.start()
    addresses = {"DATABASE_URL": postgres.url("shop"), "REDIS_URL": valkey.url()}
    for name, value in addresses.items():
        print(f"{name}={value}")
    return addresses


def usable(wanted: Path) -> Path:
    """The folder itself, or one under /var/tmp when its path is too long for a socket or closed to `nobody`."""
    wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_short = len(str(wanted) + SOCKET_NAME) <= SOCKET_PATH_LIMIT
    is_open = not is_root() or all(part.stat().st_mode & 0o001 for part in wanted.parents)
    if is_short and is_open:
        return wanted
    name = hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    other = Path("/var/tmp") / f"true-style-{os.getuid()}-{name}"  # noqa: S108
    if other.exists() and other.lstat().st_uid not in {os.getuid(), NOBODY}:
        raise ServerFailed(f"{other} belongs to somebody else")
    print(f"The database's own user cannot work in {wanted}; its files are in {other}")
    return other
