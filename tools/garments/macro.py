"""Fabrics from a hand's breadth away: threads and loops, lit from the top left."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from tools.garments.blocks import flower
from tools.garments.canvas import Layer
from tools.garments.dyes import hue, mixed, scaled
from tools.garments.paint import LIGHT, Rgb, developed, linear

SIZE = (500, 400)  # rows, columns
Made = tuple[Layer, dict[str, Layer]]
PLAIN = np.array([[1, 0], [0, 1]])
BASKET = np.kron(PLAIN, np.ones((2, 2), int))
TWILL = np.array([[0 if (i + j) % 4 == 0 else 1 for i in range(4)] for j in range(4)])
EVEN_TWILL = np.array([[1 if (i + j) % 4 < 2 else 0 for i in range(4)] for j in range(4)])


@dataclass(frozen=True)
class Weave:
    """Threads `pitch` pixels apart; `uneven` makes them wander and swell."""

    pattern: np.ndarray
    pitch: float
    uneven: float = 0.15
    fuzz: float = 0.25


def _noise(across: float, down: float, seed: int) -> Layer:
    """Nothing finer than a fibre: pixel noise would weigh more than the whole weave."""
    soft = (max(down, 1.3), max(across, 1.3))
    raw = gaussian_filter(np.random.default_rng(seed).standard_normal(SIZE), soft, mode="wrap")
    return (0.6 * raw / raw.std()).astype(np.float32)


def _grid(pitch: float, uneven: float) -> tuple[Layer, Layer]:
    y, x = np.mgrid[0 : SIZE[0], 0 : SIZE[1]].astype(np.float32)
    x = x + uneven * pitch * (_noise(pitch * 0.8, 60, 1) + 0.5 * _noise(30, 30, 3))
    y = y + uneven * pitch * (_noise(60, pitch * 0.8, 2) + 0.5 * _noise(30, 30, 4))
    return x / pitch, y / pitch


def woven(weave: Weave) -> Made:
    """Warp and weft passing over and under each other."""
    x, y = _grid(weave.pitch, weave.uneven)
    across, along = x % 1 - 0.5, y % 1 - 0.5
    rows, columns = weave.pattern.shape
    over = weave.pattern[np.floor(y).astype(int) % rows, np.floor(x).astype(int) % columns]
    lift = gaussian_filter(over.astype(np.float32), weave.pitch * 0.28)
    warp = np.sqrt(np.clip(1 - (across * 1.96) ** 2, 0, 1)) * 0.55 + lift
    weft = np.sqrt(np.clip(1 - (along * 1.96) ** 2, 0, 1)) * 0.55 + 1 - lift
    top = (warp > weft).astype(np.float32)
    fibre = np.where(top > 0, _noise(0.8, 7, 5), _noise(7, 0.8, 6)) * 0.5 + 0.5 * _noise(1, 1, 7)
    height = gaussian_filter(np.maximum(warp, weft), 1.0) * weave.pitch * 0.5 + weave.fuzz * fibre
    return height, {"warp": gaussian_filter(top, 0.7), "weft": gaussian_filter(1 - top, 0.7)}


def knitted(column: float, row: float, twist: float, fuzz: float) -> Made:
    """Stacked V-shaped loops of twisted yarn."""
    x, y = _grid(1, 0)
    x, y = x + 2.2 * _noise(24, 24, 1), y + 2.2 * _noise(24, 24, 2)
    off = (x / column) % 1 - 0.5
    slant = y + np.abs(off) * column * 1.15
    loop = (slant / row) % 1 - 0.5
    leg = np.clip(1 - ((np.abs(off) - 0.25) / 0.24) ** 2, 0, 1)
    body = np.sqrt(leg * np.clip(1 - (loop * 1.9) ** 2, 0, 1))
    strands = twist * np.sin((slant + np.sign(off) * x * 1.4) * 2 * np.pi / (row * 0.42)) * body
    height = gaussian_filter(body * row * 0.55 + strands, 0.8) + fuzz * (_noise(1, 1, 3) + 0.6 * _noise(4, 4, 4))
    deep = gaussian_filter((body < 0.25).astype(np.float32), 1.2)
    return height, {"warp": 1 - deep, "deep": deep}


def loops() -> Made:
    """Loopback fleece: rows of little loops in a soft nap."""
    x, y = _grid(22, 0.3)
    bump = np.abs(np.sin(np.pi * x)) * np.abs(np.sin(np.pi * (y + 0.5 * (np.floor(x) % 2))))
    height = 7 * bump + 1.2 * _noise(2, 2, 5) + 0.8 * _noise(1, 1, 6)
    flecks = np.clip(_noise(1.5, 7, 7) - 0.7, 0, 1) * 0.8
    return height, {"warp": 1 - flecks, "weft": flecks}


def pique() -> Made:
    """Raised cells over a fine ground."""
    height, slots = woven(Weave(PLAIN, 9, 0.08, 0.2))
    x, y = _grid(46, 0.02)
    cell = np.abs(np.sin(np.pi * (x + y * 0.8))) * np.abs(np.sin(np.pi * (x - y * 0.8)))
    return height + 11 * gaussian_filter(np.sqrt(cell), 1.5), slots


def flannel() -> Made:
    """An even twill, brushed, in a check."""
    height, slots = woven(Weave(EVEN_TWILL, 11, 0.2, 0.9))
    y, x = np.mgrid[0 : SIZE[0], 0 : SIZE[1]]
    down, along = (x // 70 % 3 > 0).astype(np.float32), (y // 70 % 3 > 0).astype(np.float32)
    stripe = slots["warp"] * down + slots["weft"] * along
    return gaussian_filter(height, 1.6), {"warp": stripe, "pale": 1 - stripe}


def printed() -> Made:
    """Plain weave with a carved flower printed over it."""
    height, slots = woven(Weave(PLAIN, 8, 0.14, 0.25))
    y, x = np.mgrid[0 : SIZE[0], 0 : SIZE[1]].astype(np.float32) / 6
    inks = flower()(x + 400 - 80, y + 20)
    left = 1 - np.clip(sum(inks.values()), 0, 1)
    return height, {slot: share * left for slot, share in slots.items()} | inks


MADE: dict[str, Callable[[], Made]] = {
    "jersey": lambda: knitted(26, 19, 0.8, 0.5),
    "lambswool": lambda: knitted(84, 62, 2.6, 1.0),
    "pique": pique,
    "oxford": lambda: woven(Weave(BASKET, 13, 0.1)),
    "poplin": lambda: woven(Weave(PLAIN, 10, 0.08)),
    "flannel": flannel,
    "linen": lambda: woven(Weave(PLAIN, 16, 0.34, 0.5)),
    "khadi": lambda: woven(Weave(PLAIN, 19, 0.42, 0.8)),
    "cambric": printed,
    "fleece": loops,
    "denim": lambda: woven(Weave(TWILL, 15, 0.16, 0.6)),
    "twill": lambda: woven(Weave(TWILL, 12, 0.08, 0.3)),
}


PALE_WEFT = {"denim": 0.75, "oxford": 0.42, "fleece": 0.2}
LEAVES = {"indigo": "washed-blue", "turmeric": "madder", "rose": "madder"}


def _yarns(fabric: str, dye: str) -> dict[str, str]:
    main = hue(dye)
    return {
        "warp": main,
        "weft": mixed(main, "#EFEDE6", PALE_WEFT.get(fabric, 0.08)),
        "deep": scaled(main, 0.75),
        "pale": mixed(main, hue("ecru"), 0.45),
        "ink1": hue("ecru") if dye != "ecru" else hue("indigo"),
        "ink2": hue(LEAVES.get(dye, "turmeric")),
    }


@cache
def _lit(fabric: str) -> tuple[Layer, dict[str, Layer]]:
    """How much light each point of a cloth gives back, and which yarn lies there; the same for every dye."""
    height, slots = MADE[fabric]()
    slope_y, slope_x = np.gradient(height)
    x, y = -slope_x * 0.45, -slope_y * 0.45
    facing = (x * LIGHT[0] + y * LIGHT[1] + LIGHT[2]) / np.sqrt(x * x + y * y + 1) / LIGHT[2]
    hollow = np.clip((gaussian_filter(height, 9) - height) / 16, -0.2, 0.5)
    return np.clip(0.96 + (facing - 1) * 0.8 - hollow * 0.7, 0.2, 1.5), slots


def macro(fabric: str, dye: str) -> Image.Image:
    """The close-up of a fabric in a dye."""
    shade, slots = _lit(fabric)
    yarns = _yarns(fabric, dye)
    light = sum(share[..., None] * linear(yarns[slot]) for slot, share in slots.items()) * shade[..., None]
    return developed(np.minimum(_exposed(light, dye), 0.94), 0)


def _exposed(light: Rgb, dye: str) -> Rgb:
    """Hollows and pale yarns shift what the eye takes for the colour: bring the middle back to the palette's."""
    return light * (linear(hue(dye)) / np.median(light, axis=(0, 1)))
