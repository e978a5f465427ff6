"""Files in a folder of the machine, which all processes share."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shop.lib.files.stores.base import UNFINISHED, Kept

SHELF = 2
"""How many signs of a name make a folder of their own, so that no folder holds a million files."""


@dataclass(frozen=True)
class LocalFolder:
    """`<folder>/<name>` lies at `<root>/<folder>/<the name's first signs>/<name>`."""

    root: Path

    def path(self, key: str) -> Path:
        """Where a file lies. Keys are made by the shop: known folders and hexadecimal names, nothing anyone sent."""
        folder, name = key.split("/")
        return self.root / folder / name[:SHELF] / name

    def put(self, key: str, data: bytes, media_type: str, *, is_public: bool) -> None:
        """Whole or not at all, also when the power fails: under another name first, on the disk, then in its place."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}{UNFINISHED}")
        try:
            with unfinished.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync(path.parent)

    def get(self, key: str) -> bytes | None:
        try:
            return self.path(key).read_bytes()
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        return self.path(key).is_file()

    def list(self, prefix: str) -> Iterator[Kept]:
        folder, begins = prefix.split("/")
        shelves = begins[:SHELF] if len(begins) >= SHELF else f"{begins}*"
        for path in (self.root / folder).glob(f"{shelves}/{begins}*"):
            with suppress(FileNotFoundError):
                yield Kept(f"{folder}/{path.name}", datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
