"""Pictures as templates and snapshots see them.

Files that ship with the shop are `static/<stem>-<width>.webp`. Of a stored picture the stem begins with `media/`: its
widest file is `<stem>.webp`, and each width may be there as AVIF as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app

from shop.lib.files.kinds import MEDIA, public_address


@dataclass(frozen=True)
class ShownPicture:
    """A picture in several widths, the smallest first."""

    stem: str
    widths: tuple[int, ...]
    alt: str = ""
    has_avif: bool = False

    def url(self, width: int) -> str:
        """Address of the smallest file at least this wide, else of the widest there is."""
        return self._address(self._fitting(width), "webp")

    def srcset(self, widths: Iterable[int], suffix: str = "webp") -> str:
        """The addresses of files for these widths, as the attribute of that name lists them."""
        there = dict.fromkeys(map(self._fitting, widths))
        return ", ".join([f"{self._address(width, suffix)} {width}w" for width in there])

    def _fitting(self, width: int) -> int:
        return self.widths[min(bisect_left(self.widths, width), len(self.widths) - 1)]

    def _address(self, width: int, suffix: str) -> str:
        """A file of exactly this width."""
        if self.stem.startswith(MEDIA):
            key = self.stem.removeprefix(MEDIA)
            narrower = "" if width == self.widths[-1] else f"-{width}"
            return f"{public_address()}/{key}{narrower}.{suffix}"
        path = f"{self.stem}-{width}.{suffix}"
        try:
            return str(current_app.extensions["assets"].static_url(path))
        except OSError:
            return f"/static/{path}"


def picture_of(stem: str, widths: Sequence[int], alt: str = "", has_avif: bool = False) -> ShownPicture | None:
    """A picture from its parts; None without any file."""
    return ShownPicture(stem, tuple(sorted(widths)), alt, has_avif) if stem and widths else None


def picture_of_row(row: Any) -> ShownPicture | None:
    """A picture from its row, or from the columns of one."""
    return picture_of(row.stem, row.widths, row.alt, row.has_avif)


def picture_json(picture: ShownPicture | None) -> dict[str, Any] | None:
    """What a snapshot or a listing row keeps of a picture."""
    if picture is None:
        return None
    kept = {"stem": picture.stem, "widths": list(picture.widths), "alt": picture.alt}
    return kept | {"avif": True} if picture.has_avif else kept


def picture_from(kept: dict[str, Any] | None) -> ShownPicture | None:
    """The picture a snapshot kept, or None."""
    if not kept:
        return None
    return picture_of(kept["stem"], kept["widths"], kept.get("alt", ""), kept.get("avif", False))
