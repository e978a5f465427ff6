"""What pictures are put together from, good ones and hostile ones."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

CORNERS = {(0, 0): (220, 40, 40), (1, 0): (40, 160, 60), (0, 1): (40, 60, 200), (1, 1): (240, 240, 230)}
"""A picture whose four quarters are red, green, blue and near white, so that it says which side is up."""
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def quarters(width: int = 64, height: int = 64, mode: str = "RGB") -> Image.Image:
    """The picture with four quarters."""
    small = Image.new("RGB", (2, 2))
    for place, colour in CORNERS.items():
        small.putpixel(place, colour)
    return small.resize((width, height), Image.Resampling.NEAREST).convert(mode)


def encoded(image: Image.Image, name: str, **options: Any) -> bytes:
    """The picture as a file of this format."""
    file = io.BytesIO()
    image.save(file, name, **options)
    return file.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header(width: int, height: int, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    """What a PNG claims of itself."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def png(header: bytes, *chunks: bytes) -> bytes:
    """A PNG of these chunks."""
    return PNG_MAGIC + header + b"".join(chunks) + chunk(b"IEND", b"")


def png_with(*chunks: bytes) -> bytes:
    """A good small PNG with further chunks behind its header."""
    plain = encoded(quarters(), "PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(*segments: bytes) -> bytes:
    """A good small JPEG with further segments at its beginning."""
    plain = encoded(quarters(), "JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP of these chunks."""
    body = b"".join(name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def exif(orientation: int = 1, **more: Any) -> bytes:
    """EXIF data with an orientation; `more` are tags by number, like `t270="words"`."""
    data = Image.Exif()
    data[0x0112] = orientation
    for tag, value in more.items():
        data[int(tag.removeprefix("t"))] = value
    return data.tobytes()
