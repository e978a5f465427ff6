"""What a stored picture is for, and the picture itself as rows hold it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from flask import current_app

WEBP, AVIF = "image/webp", "image/avif"
KEY = re.compile(r"([a-z-]+)/([0-9a-f]{32})(?:-[0-9]{3,4})?\.(webp|avif)")
MEDIA = "media/"
"""With what the stems of stored pictures begin; those of files under `static` never do."""
OURS = "/media"
"""Where the shop itself sends files; everyone sees public ones where MEDIA_URL says."""


@dataclass(frozen=True)
class Kind:
    """A use of pictures: the folder they lie in, and the box in pixels they are drawn into.

    A `square` one is cut to fill its box. A `personal` one is kept by browsers, never by caches that many share.
    One with `widths` is drawn once more in each of them that is narrower than the picture (lib/files/widths.py).
    """

    folder: str
    width: int
    height: int
    square: bool = False
    personal: bool = False
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class StoredPicture:
    """A picture among the media. Its random token says nothing about whose it is or what it was called."""

    kind: Kind
    token: str

    @property
    def key(self) -> str:
        """Under which the picture is kept."""
        return f"{self.beginning}.webp"

    @property
    def beginning(self) -> str:
        """With which the keys of all its files begin."""
        return f"{self.kind.folder}/{self.token}"

    @property
    def stem(self) -> str:
        """How rows and snapshots name a picture that comes in several widths."""
        return f"{MEDIA}{self.beginning}"

    @property
    def url(self) -> str:
        """Where everyone who knows the token sees it; another picture has another address."""
        return f"{OURS if self.kind.personal else public_address()}/{self.key}"


PORTRAIT = Kind("portraits", 512, 512, square=True, personal=True)
HANDOVER_PHOTO = Kind("handovers", 1280, 1280, personal=True)
LOGO = Kind("logos", 640, 320)
BRAND_LOGO = Kind("brands", 640, 320)
CATEGORY_PICTURE = Kind("categories", 480, 480, square=True)
TYPE_PICTURE = Kind("product-types", 480, 480)
SIZE_CHART = Kind("size-charts", 1600, 2000)
PRODUCT_PICTURE = Kind("products", 1600, 2400, widths=(320, 480, 640, 960))
CONTENT_PICTURE = Kind("content", 1600, 2400)
ALL = (PORTRAIT, HANDOVER_PHOTO, LOGO, BRAND_LOGO, CATEGORY_PICTURE, TYPE_PICTURE, SIZE_CHART, PRODUCT_PICTURE,
       CONTENT_PICTURE)  # fmt: skip
KINDS = {kind.folder: kind for kind in ALL}


def new_picture(kind: Kind) -> StoredPicture:
    """A name nobody can guess."""
    return StoredPicture(kind, secrets.token_hex(16))


def picture_at(key: str) -> StoredPicture | None:
    """The picture that is kept under a key; None for a key no picture can have."""
    found = KEY.fullmatch(key)
    kind = KINDS.get(found[1]) if found else None
    return StoredPicture(kind, found[2]) if found and kind else None


def public_address() -> str:
    """Where public files begin: at the shop itself, or at the address of the bucket or a CDN in front of it."""
    return current_app.config["SHOP"].media_url or OURS
