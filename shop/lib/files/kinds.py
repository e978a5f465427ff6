"""What a stored picture is for, and the picture itself as rows hold it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Kind:
    """A use of pictures: the folder they lie in, and the box in pixels they are drawn into.

    A `square` one is cut to fill its box. A `personal` one is kept by browsers, never by caches that many share.
    """

    folder: str
    width: int
    height: int
    square: bool = False
    personal: bool = False


@dataclass(frozen=True)
class StoredPicture:
    """A picture in the media folder. Its random token says nothing about whose it is or what it was called."""

    kind: Kind
    token: str

    @property
    def url(self) -> str:
        """Where everyone who knows the token sees it; another picture has another address."""
        return f"/media/{self.kind.folder}/{self.token}.webp"


PORTRAIT = Kind("portraits", 512, 512, square=True, personal=True)
LOGO = Kind("logos", 640, 320)
BRAND_LOGO = Kind("brands", 640, 320)
CATEGORY_PICTURE = Kind("categories", 1200, 1200)
TYPE_PICTURE = Kind("product-types", 480, 480)
SIZE_CHART = Kind("size-charts", 1600, 2000)
KINDS = {kind.folder: kind for kind in (PORTRAIT, LOGO, BRAND_LOGO, CATEGORY_PICTURE, TYPE_PICTURE, SIZE_CHART)}


def new_picture(kind: Kind) -> StoredPicture:
    """A name nobody can guess."""
    return StoredPicture(kind, secrets.token_hex(16))


def picture_named(folder: str, token: str) -> StoredPicture | None:
    """The picture an address means; None for an address no picture can have."""
    kind = KINDS.get(folder)
    return StoredPicture(kind, token) if kind and TOKEN.fullmatch(token) else None
