"""Bakes every picture; two processes, because it should leave the machine usable."""

from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from tools.garments.canvas import Frame
from tools.garments.catalogue import BY_SLUG, CLOTHS, WIDTHS, Variation
from tools.garments.drawing import scene_of
from tools.garments.index import OUT, macro_path
from tools.garments.macro import macro
from tools.garments.paint import photograph
from tools.garments.recipes import dyes

FRAME = Frame(1.5)
QUALITY = {320: 78, 480: 78, 640: 76, 960: 72}
CLOSE_QUALITY = 44
PROCESSES = 2


def save(picture: Image.Image, path: Path, size: tuple[int, int], quality: int) -> None:
    """Write one WebP at a size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.resize(size, Image.Resampling.LANCZOS).save(path, quality=quality, method=6)


def bake_variation(slug: str, out: Path = OUT, frame: Frame = FRAME) -> dict[str, Image.Image]:
    """Draw a variation from the front, dye it in every colour, write all widths; answers the pictures at 480 px."""
    return _baked(slug, out, frame, is_back=False)


def bake_back(slug: str, out: Path = OUT, frame: Frame = FRAME) -> dict[str, Image.Image]:
    """The same from behind."""
    return _baked(slug, out, frame, is_back=True)


def _baked(slug: str, out: Path, frame: Frame, *, is_back: bool) -> dict[str, Image.Image]:
    variation: Variation = BY_SLUG[slug]
    scene = scene_of(slug, frame, is_back=is_back)
    small = {}
    for colour in variation.colours:
        picture = photograph(scene, dyes(slug, colour))
        for width in WIDTHS:
            path = out / slug / f"{colour}{'-back' if is_back else ''}-{width}.webp"
            save(picture, path, (width, width * 5 // 4), QUALITY[width])
        small[colour] = picture.resize((480, 600), Image.Resampling.LANCZOS)
    return small


def bake_fabrics(out: Path = OUT) -> dict[str, Image.Image]:
    """Write a close-up of each fabric in each colour something is made of it; answers the pictures."""
    pictures = {macro_path(fabric, colour): macro(fabric, colour) for fabric, colour in CLOTHS}
    for path, picture in pictures.items():
        save(picture, out / path, picture.size, CLOSE_QUALITY)
    return pictures


def bake_variations(slugs: list[str], *, from_behind: bool = False) -> list[dict[str, Image.Image]]:
    """Bake several variations side by side, in the order given."""
    with get_context("spawn").Pool(PROCESSES) as pool:
        return pool.map(bake_back if from_behind else bake_variation, slugs, chunksize=1)
