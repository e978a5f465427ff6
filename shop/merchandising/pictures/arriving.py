"""A picture of a product on its way in: drawn and kept, while its row is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from shop.lib.files.kinds import PRODUCT_PICTURE, StoredPicture
from shop.lib.files.storage import kept
from shop.lib.files.widths import size_of


@dataclass(frozen=True)
class NewPicture:
    """A picture that is kept, with its width and height; `digest` is the same for the same picture sent again."""

    stored: StoredPicture
    size: tuple[int, int]
    digest: str | None = None


@contextmanager
def arriving(webp: bytes) -> Iterator[NewPicture]:
    """Keep a picture that was drawn, for a row that is written inside; when that fails no file stays.

    Raises StoreDown.
    """
    with kept(webp, PRODUCT_PICTURE) as stored:
        yield NewPicture(stored, size_of(webp), digest_of(webp))


def digest_of(webp: bytes) -> str:
    """What tells a drawn picture from others. The same file is drawn the same, whoever sends it."""
    return hashlib.sha256(webp).hexdigest()
