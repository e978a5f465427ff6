"""Draws the further widths of a stored picture, and all of them as AVIF where that is smaller."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from shop.lib.files.drawing import encoded, one_at_a_time
from shop.lib.files.kinds import AVIF, WEBP, StoredPicture
from shop.lib.files.storage import content_of, put

AVIF_QUALITY = 60
AVIF_SPEED = 8
"""Of ten: five widths take about two seconds, and at a slower speed they get only a tenth smaller."""


@dataclass(frozen=True)
class Drawn:
    """In which widths a picture is there, the smallest first, and whether each of them also as AVIF."""

    widths: tuple[int, ...]
    has_avif: bool


def size_of(webp: bytes) -> tuple[int, int]:
    """Width and height of a picture the shop has drawn."""
    with Image.open(io.BytesIO(webp), formats=("WEBP",)) as image:
        return image.size


def key_of(picture: StoredPicture, width: int, widest: int, suffix: str = "webp") -> str:
    """The key of one width; the widest is the picture's own."""
    return f"{picture.beginning}.{suffix}" if width == widest else f"{picture.beginning}-{width}.{suffix}"


def draw_widths(picture: StoredPicture) -> Drawn | None:
    """Write the files of all widths; None where the picture is gone meanwhile. Raises Busy, StoreDown.

    Slow, so it stands outside of a unit of work. Drawn twice it writes the same files under the same keys.
    """
    whole = content_of(picture)
    if whole is None:
        return None
    with one_at_a_time(), Image.open(io.BytesIO(whole), formats=("WEBP",)) as image:
        widest = image.width
        widths = (*(width for width in picture.kind.widths if width < widest), widest)
        shown = [_narrowed(image, width) for width in widths]
        webps = [*map(encoded, shown[:-1]), whole]
        avifs = _smaller(shown, webps)
    for width, webp in zip(widths[:-1], webps, strict=False):
        put(key_of(picture, width, widest), webp, WEBP, picture.kind)
    for width, avif in zip(widths, avifs, strict=False):
        put(key_of(picture, width, widest, "avif"), avif, AVIF, picture.kind)
    return Drawn(widths, bool(avifs))


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _smaller(shown: Sequence[Image.Image], webps: Sequence[bytes]) -> list[bytes]:
    """Every width as AVIF; none of them where one is not smaller than its WebP."""
    avifs = []
    for image, webp in zip(shown, webps, strict=True):
        file = io.BytesIO()
        image.save(file, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1)
        if file.tell() >= len(webp):
            return []
        avifs.append(file.getvalue())
    return avifs
