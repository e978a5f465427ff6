"""Draws a picture anew: decoded, upright, in sRGB, cut and shrunk, encoded as WebP; nothing else of the file stays.

Decoders read what strangers send, so whatever they raise is a damaged picture, and one picture is decoded at a time.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

import structlog
from PIL import Image, ImageCms

from shop.lib.files.errors import BadPicture, Busy
from shop.lib.files.kinds import Kind
from shop.lib.files.recognition import BROKEN, JPEG, MOVES, Format, check_pixels, format_of

# The bound of each format is judged in `check_pixels`; Pillow's own is the second lock on the same door.
Image.MAX_IMAGE_PIXELS = JPEG.most_pixels
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ROOM = 4
MOST_ZOOM = ROOM * 100
"""In per cent: a picture is never shrunk so far that zooming in would show its pixels."""
ROOM_UNZOOMED = 2
"""Where nobody zooms: what is left for the fine shrinking, so that it stays sharp."""
QUALITY = 82
MOST_PROFILE = 1024 * 1024
WAIT_SECONDS = 15
TURN = BoundedSemaphore(1)
SRGB = ImageCms.createProfile("sRGB")
log = structlog.get_logger()


@dataclass(frozen=True)
class Frame:
    """Which square of a picture is shown: `zoom` times smaller than the largest one, `x` and `y` of the way along."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The square in a picture of this size: left, top, right, bottom."""
        side = max(1, round(min(width, height) / self.zoom))
        left, top = round((width - side) * self.x), round((height - side) * self.y)
        return left, top, left + side, top + side


CENTRE = Frame()


def drawn(data: bytes, kind: Kind, frame: Frame = CENTRE) -> bytes:
    """The picture as a WebP file that fits its kind. Raises BadPicture, or Busy when others take long."""
    found = format_of(data)
    with one_at_a_time(), _decoding(), Image.open(io.BytesIO(data), formats=(found.name,)) as image:
        _check(image, found)
        turn = _turn_of(image)
        shrunk = _shrunk(image, kind)
        return encoded(_framed(shrunk.transpose(turn) if turn is not None else shrunk, kind, frame))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """One at a time in a process: what a picture needs while it is decoded is counted in hundreds of megabytes."""
    if not TURN.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        yield
    finally:
        TURN.release()


@contextmanager
def _decoding() -> Iterator[None]:
    try:
        yield
    except BadPicture:
        raise
    except Exception as error:
        log.info("picture_refused", error=repr(error)[:300])
        raise BadPicture(BROKEN) from error


def _check(image: Image.Image, found: Format) -> None:
    """The header's claims, while nothing is decoded. A JPEG may carry further pictures; they are not looked at."""
    check_pixels(found, *image.size)
    if found is not JPEG and getattr(image, "is_animated", False):
        raise BadPicture(MOVES)


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    """What makes the picture stand upright; whatever stands there instead of an orientation, it is shown as it lies."""
    try:
        return UPRIGHT.get(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return None


def _shrunk(image: Image.Image, kind: Kind) -> Image.Image:
    """Decoded, and roughly shrunk before anything is copied; there is still room for zooming in."""
    room = ROOM if kind.square else ROOM_UNZOOMED
    enough = (kind.width * room, kind.height * room)
    image.draft(None, enough)
    image.load()
    plain = _with_plain_colours(image)
    factor = min(plain.width // enough[0], plain.height // enough[1])
    return plain.reduce(factor) if factor > 1 else plain


def _framed(image: Image.Image, kind: Kind, frame: Frame) -> Image.Image:
    """The part that is shown, in the kind's size; a smaller picture is not blown up."""
    if kind.square:
        image = image.crop(frame.box(*image.size))
    image.thumbnail((kind.width, kind.height), Image.Resampling.LANCZOS)
    return _in_srgb(image)


def _with_plain_colours(image: Image.Image) -> Image.Image:
    """Palettes, bits and 16-bit greys as what the encoder and colour profiles understand."""
    if image.mode.startswith(("I", "F")):
        image.info.pop("transparency", None)
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode in {"L", "RGB", "CMYK", "RGBA"} and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours as every screen shows them; a profile that is broken or too large to be one counts as none."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    flat = image.convert("RGB") if alpha else image
    profile = image.info.get("icc_profile") or b""
    if 0 < len(profile) <= MOST_PROFILE:
        flat = _converted(flat, profile)
    flat = flat.convert("RGB")
    if alpha:
        flat.putalpha(alpha)
    return flat


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        described = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, described, SRGB, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image


def encoded(image: Image.Image) -> bytes:
    """The picture as a WebP file, without anything that came along with it."""
    image.info.clear()
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=4)
    return file.getvalue()
