"""What the shop asks of a place where files lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shop.lib.errors import ShopError

UNFINISHED = ".part"


class StoreDown(ShopError):
    """The place where files lie does not answer, or refuses."""

    status = 503

    def __init__(self) -> None:
        super().__init__("Files cannot be kept or read right now. Please try again in a minute.")


@dataclass(frozen=True)
class Kept:
    """A file that is there, and when it was written."""

    key: str
    written_at: datetime


class Store(Protocol):
    """Keeps files by key. Every method raises StoreDown where the place does not answer."""

    def put(self, key: str, data: bytes, media_type: str, *, is_public: bool) -> None:
        """Write a file, whole or not at all; one of the same key is replaced."""

    def get(self, key: str) -> bytes | None:
        """The content of a file; None where there is none."""

    def delete(self, key: str) -> None:
        """Take a file away; one that is gone already is fine."""

    def exists(self, key: str) -> bool:
        """Whether the file is there."""

    def list(self, prefix: str) -> Iterator[Kept]:
        """The files whose keys begin so: `<folder>/` and as much of a name as there is."""
