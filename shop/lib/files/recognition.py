"""What an upload is, by its first bytes; and what it claims of itself, judged before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.files.errors import BadPicture, OtherFormat, TooLarge

MOST_BYTES = 5 * 1024 * 1024
MOST_SCANS = 100
SCAN = b"\xff\xda"
TOO_MANY_BYTES = "The picture is larger than 5 MB. Send a smaller one."
TOO_MANY_PIXELS = "The picture has too many pixels. Send a smaller one."
NO_PICTURE = "Send a JPEG, PNG or WebP picture."
BROKEN = "The picture is damaged or incomplete. Send another one."
MOVES = "The picture moves. Send a still one."


@dataclass(frozen=True)
class Format:
    """A format the shop reads, by Pillow's name, and how many pixels of it fit into memory while it is decoded.

    JPEG is decoded at a fraction of its size; the others whole, and WebP is held several times over.
    """

    name: str
    most_pixels: int


JPEG = Format("JPEG", 40_000_000)
PNG = Format("PNG", 25_000_000)
WEBP = Format("WEBP", 16_000_000)


def format_of(data: bytes) -> Format:
    """The format the content is in, whatever name or type it was sent under. Raises BadPicture for any other."""
    if not data:
        raise BadPicture("Choose a picture.")
    if len(data) > MOST_BYTES:
        raise TooLarge(TOO_MANY_BYTES)
    if data.startswith(b"\xff\xd8\xff"):
        return _steady_jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _still_webp(data)
    raise OtherFormat(NO_PICTURE)


def check_pixels(found: Format, width: int, height: int) -> None:
    """Raise BadPicture for a picture that would not fit."""
    if width * height > found.most_pixels:
        raise BadPicture(TOO_MANY_PIXELS)


def _steady_jpeg(data: bytes) -> Format:
    """A progressive JPEG goes over all its pixels for each scan; a file of 5 MB has room for more than 100,000."""
    if data.count(SCAN) > MOST_SCANS:
        raise BadPicture(BROKEN)
    return JPEG


def _still_webp(data: bytes) -> Format:
    """Pillow makes room for a WebP's pixels when it opens it, so what its header says is judged here.

    The three headers: https://developers.google.com/speed/webp/docs/riff_container
    """
    chunk, head = data[12:16], data[20:30]
    if len(head) < 10:
        raise BadPicture(BROKEN)
    if chunk == b"VP8X":
        if head[0] & 2:
            raise BadPicture(MOVES)
        check_pixels(WEBP, _number(head[4:7]) + 1, _number(head[7:10]) + 1)
    elif chunk == b"VP8L":
        sizes = _number(head[1:5])
        check_pixels(WEBP, (sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1)
    else:
        check_pixels(WEBP, _number(head[6:8]) & 0x3FFF, _number(head[8:10]) & 0x3FFF)
    return WEBP


def _number(little_endian: bytes) -> int:
    return int.from_bytes(little_endian, "little")
