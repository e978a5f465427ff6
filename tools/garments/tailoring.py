"""Parts that many garments share: folds written as text, insides, sleeves' swing, labels, rows of buttons."""

import zlib
from collections.abc import Iterator

import numpy as np

from tools.garments.curves import CENTRE, Line, line, shape
from tools.garments.relief import Fold, Relief
from tools.garments.scene import NONE, Piece, Print, Scene, Shadow

SIDES = (1, -1)


def folds(
    *written: tuple[str, float, float], side: int = 1, turn: float = 0, about: tuple[float, float] = (0, 0)
) -> tuple[Fold, ...]:
    """Folds from (line, width, height); each strays a little, so that left and right are never mirror images."""
    return tuple(_strayed(Fold(line(text, side, turn, about), wide, high), text, side) for text, wide, high in written)


def _strayed(fold: Fold, text: str, side: int) -> Fold:
    random = np.random.default_rng(zlib.crc32(f"{text}{side}".encode()))
    shift, stretch = random.uniform(-5, 5, 2), random.uniform(0.75, 1.25)
    return Fold(fold.middle + shift, fold.width * random.uniform(0.85, 1.2), fold.height * stretch)


def swing(scene: Scene, side: int, least: float = 1.0, most: float = 4.0) -> float:
    """By how many degrees a sleeve lies off the pattern; left and right differ, the seed decides."""
    return float(np.random.default_rng(scene.seed * 2 + (side > 0)).uniform(least, most))


def inside(scene: Scene, outline: Line, texture: str) -> None:
    """The back of the garment, seen through the neck or above the waistband; not from behind."""
    if scene.is_back:
        return
    scene.add(Piece(outline, texture, "inside", relief=Relief(6, 2, 0.5, 0), shadow=NONE))


def neck_label(scene: Scene, y: float, width: float = 34, drop: float = 20, slot: str = "label") -> None:
    """A small woven label at the back neck, inside."""
    if scene.is_back:
        return
    half = width / 2
    tag = shape(f"{-half},{y}* {half},{y}* {half},{y + drop}* {-half},{y + drop}*")
    scene.add(Piece(tag, "smooth", slot, relief=Relief(2, 1, 0, 0), shadow=Shadow(1, 2, 2, 0.35)))
    scene.draw(line(f"{-half * 0.5},{y + drop * 0.45} {half * 0.5},{y + drop * 0.45}"), 2, "hole", 0.5)


def buttons(scene: Scene, ys: range | tuple[float, ...], radius: float, x: float = 0, slot: str = "button") -> None:
    """A column of buttons, none of them quite in line."""
    for count, y in enumerate(ys):
        scene.button(x + (count % 3 - 1) * 0.6, y, radius, slot, 0 if slot == "copper" else 4)


def panel(
    scene: Scene,
    outline: Line,
    texture: str,
    relief: Relief,
    *,
    slot: str = "main",
    shadow: Shadow | None = None,
    pattern: Print | None = None,
    grain: float = 0,
) -> None:
    """Lay a panel; the short way to write a Piece."""
    scene.add(Piece(outline, texture, slot, grain, relief, shadow or Shadow(), pattern))


def stitched(scene: Scene, lines: tuple[str, ...], slot: str = "stitch") -> None:
    """Rows of stitches on both sides of the centre line."""
    for text in lines:
        for side in SIDES:
            scene.stitch(line(text, side), slot)


def spaced(start: float, stop: float, count: int) -> Iterator[float]:
    """Evenly spaced numbers, as floats."""
    return (float(value) for value in np.linspace(start, stop, count))


def box(left: float, top: float, right: float, bottom: float) -> Line:
    """A rectangle, in offsets from the centre line."""
    return np.array([(CENTRE + x, y) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))])
