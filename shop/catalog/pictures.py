"""Pictures as templates and snapshots see them: files `<stem>-<width>.webp` under `static`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app


@dataclass(frozen=True)
class ShownPicture:
    """A picture in several widths, the smallest first."""

    stem: str
    widths: tuple[int, ...]
    alt: str = ""

    def url(self, width: int) -> str:
        """Address of the smallest file at least this wide, else of the widest there is."""
        return self._address(current_app.extensions["assets"], width)

    def srcset(self, widths: Iterable[int]) -> str:
        """The addresses for these widths, as the attribute of that name lists them."""
        assets = current_app.extensions["assets"]
        return ", ".join([f"{self._address(assets, width)} {width}w" for width in widths])

    def _address(self, assets: Any, width: int) -> str:
        place = bisect_left(self.widths, width)
        path = f"{self.stem}-{self.widths[min(place, len(self.widths) - 1)]}.webp"
        try:
            return str(assets.static_url(path))
        except OSError:
            return f"/static/{path}"


def picture_of(stem: str, widths: Sequence[int], alt: str = "") -> ShownPicture | None:
    """A picture from its parts; None without any file."""
    return ShownPicture(stem, tuple(sorted(widths)), alt) if stem and widths else None


def picture_json(picture: ShownPicture | None) -> dict[str, Any] | None:
    """What a snapshot or a listing row keeps of a picture."""
    if picture is None:
        return None
    return {"stem": picture.stem, "widths": list(picture.widths), "alt": picture.alt}


def picture_from(kept: dict[str, Any] | None) -> ShownPicture | None:
    """The picture a snapshot kept, or None."""
    return picture_of(kept["stem"], kept["widths"], kept.get("alt", "")) if kept else None
