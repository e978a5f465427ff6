"""The column that names a stored picture. The sweep keeps what a column of this type names, and nothing else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

from shop.lib.files.kinds import Kind, StoredPicture


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
