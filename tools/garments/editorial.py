"""Pictures that tell a story: garments laid out together, and a shelf of dyed cloth."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import affine_transform

from tools.garments.blocks import buti
from tools.garments.canvas import Frame, Layer, moved, soft
from tools.garments.curves import line, shape
from tools.garments.drawing import scene_of
from tools.garments.dyes import basics, hue
from tools.garments.index import OUT
from tools.garments.motifs import both, stripes
from tools.garments.paint import PLATE, Rgb, developed, garment, linear, photograph
from tools.garments.recipes import dyes
from tools.garments.relief import Relief
from tools.garments.scene import Piece, Scene, Shadow
from tools.garments.tailoring import folds

FRAME = Frame(1.5)


@dataclass(frozen=True)
class Lay:
    """A garment placed on a page of 1600 units across: its centre, size and turn in degrees."""

    variation: str
    colour: str
    x: float
    y: float
    size: float = 1.0
    turn: float = 0


WIDE = (
    Lay("jeans-selvedge", "raw-denim", 1400, 515, 0.90, -8),
    Lay("kurta-block-print", "indigo", 285, 425, 0.84, 8),
    Lay("shorts-chino", "sand", 700, 845, 0.72, 4),
    Lay("sweater-fair-isle", "madder", 1080, 300, 0.80, 10),
    Lay("tee-breton", "indigo", 690, 340, 0.80, -6),
    Lay("denim-jacket-sherpa", "mid-blue", 1130, 800, 0.84, -11),
)
TALL = (
    Lay("jeans-wide", "washed-blue", 1270, 900, 1.36, -7),
    Lay("kurta-embroidered", "madder", 430, 585, 1.30, 7),
    Lay("shirt-oxford", "sky", 1190, 1680, 1.20, -9),
    Lay("tee-sun", "ink", 1110, 490, 1.20, -6),
    Lay("denim-jacket-classic", "mid-blue", 510, 1550, 1.34, 8),
)


def flat_lay(lays: tuple[Lay, ...], width: int, height: int) -> Image.Image:
    """Compose garments over each other on the plate."""
    page = _plate(width, height)
    for lay in lays:
        colour, alpha = _placed(lay, width, height)
        page = page * _shadow(alpha, width / 1600) * (1 - alpha[..., None]) + colour
    return developed(page)


def _plate(width: int, height: int) -> Rgb:
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    fall = ((columns / width - 0.4) ** 2 + (rows / height - 0.38) ** 2)[..., None]
    return (linear(PLATE) * (1.03 - 0.12 * fall)).astype(np.float32)


def _placed(lay: Lay, width: int, height: int) -> tuple[Rgb, Layer]:
    colour, alpha = garment(scene_of(lay.variation, FRAME), dyes(lay.variation, lay.colour))
    shrink = FRAME.scale / (lay.size * width / 1600)
    cos, sin = np.cos(np.radians(lay.turn)) * shrink, np.sin(np.radians(lay.turn)) * shrink
    matrix = np.array([[cos, sin], [-sin, cos]])
    centre = np.array([FRAME.shape[0] / 2, FRAME.shape[1] / 2])
    offset = centre - matrix @ (np.array([lay.y, lay.x]) * width / 1600)
    layers = [_turned(layer, matrix, offset, (height, width), shrink) for layer in (*np.moveaxis(colour, 2, 0), alpha)]
    return np.stack(layers[:3], axis=-1), layers[3]


def _turned(layer: Layer, matrix: Layer, offset: Layer, size: tuple[int, int], shrink: float) -> Layer:
    """Blurred first when it gets smaller, so that weaves do not flicker into moiré."""
    calm = soft(layer, max(shrink - 1, 0) * 0.45, Frame(1)) if shrink > 1.15 else layer
    return affine_transform(calm, matrix, offset, output_shape=size, order=1, output=np.float32)


def _shadow(alpha: Layer, scale: float) -> Rgb:
    near = soft(moved(alpha, 5, 3, scale), 5 * scale, Frame(1)) * 0.36
    far = soft(moved(alpha, 20, 12, scale), 26 * scale, Frame(1)) * 0.26
    return 1 - np.clip(near + far, 0, 1)[..., None] * np.array([1, 0.97, 0.92], np.float32)


SHELF = (
    ("cambric", "ecru", 232),
    ("khadi", "turmeric", 306),
    ("linen", "rust", 372),
    ("twill", "madder", 440),
    ("cambric", "ecru", 506),
    ("linen", "sky", 572),
    ("denim", "mid-blue", 640),
    ("denim", "raw-denim", 740),
)


def shelf() -> Image.Image:
    """Dyed cloths, folded and lying over each other like roof tiles, the lowest first."""
    scene = Scene(Frame(2.0), 5)
    for place, (texture, _, bottom) in reversed(list(enumerate(SHELF))):
        scene.add(_cloth(place, texture, bottom))
    for bottom in (440, 640):
        scene.stitch(line(f"-420,{bottom - 13} 0,{bottom - 10} 420,{bottom - 14}"))
    return photograph(scene, _shelf_dyes()).crop((40, 380, 1560, 1393))


def _cloth(place: int, texture: str, bottom: float) -> Piece:
    drift = np.random.default_rng(place).uniform(-5, 5, 4)
    top = f"-460,{bottom - 400}* 460,{bottom - 400}*"
    edge = f"{top} 460,{bottom + drift[0]}* 160,{bottom + drift[1]} -160,{bottom + drift[2]} -460,{bottom + drift[3]}*"
    falls = folds(
        (f"-300,{bottom - 90} -240,{bottom - 40} -250,{bottom}", 40, 4 * drift[0] / 5),
        (f"60,{bottom - 100} 130,{bottom - 50} 300,{bottom - 30}", 46, 5),
    )
    checks = both(stripes("indigo", 30, 3, upright=True), stripes("indigo", 30, 3))
    pattern = {0: checks, 4: buti()}.get(place)
    return Piece(
        shape(edge),
        texture,
        f"cloth{place}",
        relief=Relief(13, 11, 3.4, 1.4, falls),
        shadow=Shadow(2, 9, 10, 0.6),
        pattern=pattern,
    )


def _shelf_dyes() -> dict[str, str]:
    cloths = {f"cloth{place}": hue(dye) for place, (_, dye, _) in enumerate(SHELF)}
    inks = {"indigo": hue("indigo"), "ink1": hue("indigo"), "ink2": hue("madder")}
    return basics(hue("ecru")) | cloths | inks


SIZES = {"hero-wide": (1600, 1200, 960, 640), "hero-tall": (960, 640, 480), "fabric": (1600, 1200, 960, 640)}


def bake_editorial(out: Path = OUT) -> None:
    """Write the hero pictures and the fabric story at all their widths."""
    folder = out / "editorial"
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {"hero-wide": flat_lay(WIDE, 1920, 1080), "hero-tall": flat_lay(TALL, 1200, 1500), "fabric": shelf()}
    for name, picture in pictures.items():
        for width in SIZES[name]:
            _save(picture, folder / f"{name}-{width}.webp", width)


def _save(picture: Image.Image, path: Path, width: int) -> None:
    height = round(picture.height * width / picture.width)
    picture.resize((width, height), Image.Resampling.LANCZOS).save(path, quality=64, method=6)
