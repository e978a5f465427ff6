"""Columns that name stored pictures. The sweep keeps what a column of these types names, and nothing else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

from shop.lib.files.kinds import MEDIA, Kind, StoredPicture


class PictureColumn(TypeDecorator[StoredPicture]):
    """A picture of one kind, kept as its token."""

    impl = String
    cache_ok = True

    def __init__(self, kind: Kind) -> None:
        super().__init__(40)
        self.kind = kind

    def process_bind_param(self, value: StoredPicture | None, dialect: Dialect) -> str | None:
        return value.token if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> StoredPicture | None:
        return StoredPicture(self.kind, value) if value else None

    def picture_named(self, value: Any) -> StoredPicture | None:
        """The stored picture a value of the column names, for the sweep."""
        found: StoredPicture | None = value
        return found


class StemColumn(TypeDecorator[str]):
    """With what the addresses of a picture's files begin: of files under `static`, or of a stored picture of a kind."""

    impl = String
    cache_ok = True

    def __init__(self, kind: Kind) -> None:
        super().__init__(200)
        self.kind = kind

    def picture_named(self, value: Any) -> StoredPicture | None:
        """The stored picture a stem stands for; None for files that ship with the shop."""
        token = str(value).rpartition("/")[2]
        return StoredPicture(self.kind, token) if value == f"{MEDIA}{self.kind.folder}/{token}" else None
