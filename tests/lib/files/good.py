"""Good pictures as people send them: 50 and more, of every mode, size, turn and format the shop reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageCms

from shop.lib.files.drawing import UPRIGHT
from tests.lib.files.parts import encoded, exif, quarters

UNTURNED = {
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}
"""What undoes a turn, where it is not the turn itself."""
SIZES = ((1, 1), (16, 8), (8, 24), (511, 513), (512, 512), (2000, 900), (300, 2000), (3000, 2400))


@dataclass(frozen=True)
class Good:
    """A picture, and what its four corners look like once it is drawn."""

    name: str
    data: bytes
    upright: Image.Image


def good() -> Iterator[Good]:
    """All of them."""
    yield from _turned()
    yield from _sizes()
    yield from _jpegs()
    yield from _pngs()
    yield from _webps()


def _turned() -> Iterator[Good]:
    for turn in range(1, 9):
        upright = quarters(96, 64)
        undo = UNTURNED.get(turn, UPRIGHT.get(turn))
        lying = upright if undo is None else upright.transpose(undo)
        for name in ("JPEG", "PNG", "WEBP"):
            yield Good(f"{name} turned {turn}", encoded(lying, name, exif=exif(turn)), upright)


def _sizes() -> Iterator[Good]:
    for width, height in SIZES:
        for name in ("JPEG", "PNG", "WEBP"):
            picture = quarters(width, height)
            yield Good(f"{name} of {width}×{height}", encoded(picture, name), picture)


def _jpegs() -> Iterator[Good]:
    for mode in ("L", "RGB", "CMYK"):
        yield Good(f"JPEG {mode}", encoded(quarters(mode=mode), "JPEG"), quarters(mode=mode))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    manners = {
        "progressive": {"progressive": True},
        "with full colours": {"subsampling": 0, "quality": 100},
        "with half colours": {"subsampling": 2},
        "of low quality": {"quality": 40},
        "with a profile": {"icc_profile": srgb},
        "with restarts": {"restart_marker_blocks": 1},
        "for print": {"dpi": (300, 300), "comment": b"for print"},
    }
    for name, options in manners.items():
        yield Good(f"JPEG {name}", encoded(quarters(), "JPEG", **options), quarters())
    yield Good(
        "JPEG with a second picture", encoded(quarters(), "MPO", save_all=True, append_images=[quarters()]), quarters()
    )


def _pngs() -> Iterator[Good]:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        yield Good(f"PNG {mode}", encoded(quarters(mode=mode), "PNG"), quarters(mode=mode))
    grey = quarters(mode="L")
    deep = Image.frombytes("I;16", grey.size, b"".join(bytes([0, value]) for value in grey.tobytes()))
    yield Good("PNG with 16 bits", encoded(deep, "PNG"), grey)
    for bits in (1, 2, 4):
        few = quarters().quantize(2**bits)
        yield Good(f"PNG of {2**bits} colours", encoded(few, "PNG", bits=bits), few)
    yield Good("PNG with a colour left out", encoded(quarters(), "PNG", transparency=(1, 2, 3)), quarters())
    yield Good(
        "PNG with a palette that fades",
        encoded(quarters(mode="P"), "PNG", transparency=b"\xff" * 200),
        quarters(mode="P"),
    )


def _webps() -> Iterator[Good]:
    for name, options in {"lossy": {"quality": 90}, "lossless": {"lossless": True}}.items():
        for mode in ("RGB", "RGBA"):
            yield Good(f"WebP {name} {mode}", encoded(quarters(mode=mode), "WEBP", **options), quarters(mode=mode))
