"""Woven and printed patterns: functions of cloth coordinates that answer how much of the cloth takes which slot."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import map_coordinates

from tools.garments.canvas import Layer
from tools.garments.curves import CENTRE
from tools.garments.scene import Print
from tools.garments.textures import grain

DETAIL = 5  # pixels of a drawn motif for one design unit
Pen = ImageDraw.ImageDraw
Painter = Callable[[Pen], None]


def band(position: Layer, low: float, high: float, blur: float = 0.9) -> Layer:
    """1 between two positions, with a soft edge."""
    return np.clip((position - low) / blur + 0.5, 0, 1) * np.clip((high - position) / blur + 0.5, 0, 1)


def repeated(position: Layer, period: float, width: float, phase: float = 0) -> Layer:
    """Stripes of `width` every `period`."""
    return band((position - phase) % period, period / 2 - width / 2, period / 2 + width / 2)


def stripes(
    slot: str,
    period: float,
    width: float,
    *,
    start: float = -9999,
    stop: float = 9999,
    phase: float = 0,
    upright: bool = False,
) -> Print:
    """Stripes along the cloth, or across it where their middle lies between two heights."""

    def pattern(u: Layer, v: Layer) -> dict[str, Layer]:
        middle = np.floor((v - phase) / period) * period + phase + period / 2
        within = upright | ((middle >= start) & (middle <= stop))
        return {slot: repeated(u if upright else v, period, width, phase) * within}

    return pattern


def blocks(*parts: tuple[str, float, float]) -> Print:
    """Broad bands given as (slot, from, to)."""
    return lambda u, v: {slot: band(v, low, high) for slot, low, high in parts}


def check(ground: str, over: str, fine: str, size: float) -> Print:
    """A brushed check: a dark grid where bands cross, and a fine pale overcheck."""

    def pattern(u: Layer, v: Layer) -> dict[str, Layer]:
        down, along = repeated(u, size, size * 0.46, CENTRE), repeated(v, size, size * 0.46)
        line = np.maximum(repeated(u, size, 2.4, CENTRE + size / 2), repeated(v, size, 2.4, size / 2))
        crossing, single = down * along, down + along - 2 * down * along
        return {fine: line * 0.75, over: crossing * 0.95, ground: single * 0.75}

    return pattern


def both(*prints: Print) -> Print:
    """Several prints at once; the first one wins where they meet."""

    def pattern(u: Layer, v: Layer) -> dict[str, Layer]:
        merged: dict[str, Layer] = {}
        for one in prints:
            for slot, share in one(u, v).items():
                merged[slot] = np.maximum(merged.get(slot, np.zeros_like(u)), share)
        return merged

    return pattern


def flared(pattern: Print, waist: float, rate: float) -> Print:
    """A pattern that spreads below the waist, as a skirt's panels do."""

    def spread(u: Layer, v: Layer) -> dict[str, Layer]:
        return pattern(CENTRE + (u - CENTRE) / (1 + np.clip(v - waist, 0, None) * rate), v)

    return spread


def drawn(width: float, height: float, painter: Painter) -> Layer:
    """A motif drawn large, as coverage."""
    image = Image.new("L", (round(width * DETAIL * 2), round(height * DETAIL * 2)))
    painter(ImageDraw.Draw(image))
    return np.asarray(image.reduce(2), np.float32) / np.float32(255)


def petal(
    pen: Pen, centre: tuple[float, float], reach: tuple[float, float], angle: float, width: float, fill: int = 255
) -> None:
    """A pointed leaf from `reach[0]` to `reach[1]` units off a centre, in motif units."""
    t = np.linspace(0, 1, 18)
    along = reach[0] + (reach[1] - reach[0]) * t
    half = width / 2 * np.sin(np.pi * t**0.8)
    x, y = np.concatenate([along, along[::-1]]), np.concatenate([half, -half[::-1]])
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    dots = np.stack([centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos], axis=1) * DETAIL * 2
    pen.polygon([(float(a), float(b)) for a, b in dots], fill=fill)


def dot(pen: Pen, x: float, y: float, radius: float, fill: int = 255) -> None:
    """A round dot, in motif units."""
    box = [value * DETAIL * 2 for value in (x - radius, y - radius, x + radius, y + radius)]
    pen.ellipse(box, fill=fill)


def tiled(
    motifs: dict[str, Layer],
    width: float,
    height: float,
    *,
    drop: float = 0.5,
    start: float = -9999,
    stop: float = 9999,
) -> Print:
    """A motif repeated over the cloth, always whole; every other column drops by half, as carved blocks are set."""

    def pattern(u: Layer, v: Layer) -> dict[str, Layer]:
        column = np.floor((u - CENTRE) / width + 0.5)
        x = (u - CENTRE + width / 2) % width
        shifted = v + (column % 2) * drop * height
        y, top = shifted % height, v - shifted % height
        within = ((top >= start) & (top + height <= stop)).astype(np.float32)
        return {slot: sampled(art, x, y) * within * _inking(u, v) for slot, art in motifs.items()}

    return pattern


def stamped(motifs: dict[str, Layer], x: float, y: float, size: float) -> Print:
    """A motif printed once, centred on an absolute point."""

    def pattern(u: Layer, v: Layer) -> dict[str, Layer]:
        return {slot: sampled(art, u - x + size / 2, v - y + size / 2) * _inking(u, v) for slot, art in motifs.items()}

    return pattern


def sampled(art: Layer, x: Layer, y: Layer) -> Layer:
    return map_coordinates(art, [y * DETAIL, x * DETAIL], order=1, cval=0, output=np.float32)


def _inking(u: Layer, v: Layer) -> Layer:
    """Printing ink sits a little unevenly on cloth."""
    return np.clip(0.93 + 0.05 * grain(u, v, 1.2, 1.2, 8) + 0.04 * grain(u, v, 9, 9, 9), 0, 1)


def knitted(rows: tuple[str, ...], yarns: dict[str, str], top: float, cell: tuple[float, float] = (8.4, 6.6)) -> Print:
    """A pattern chart in loops, repeated sideways; characters name yarns, dots are the ground."""
    chart = np.array([list(row) for row in rows])

    def pattern(u: Layer, v: Layer) -> dict[str, Layer]:
        shifted = v + np.abs((u / cell[0]) % 1 - 0.5) * 10
        column = np.floor(u / cell[0]).astype(int) % chart.shape[1]
        row = np.floor((shifted - top) / cell[1]).astype(int)
        here = np.where((row >= 0) & (row < chart.shape[0]), chart[row.clip(0, chart.shape[0] - 1), column], ".")
        return {slot: (here == mark).astype(np.float32) for mark, slot in yarns.items()}

    return pattern
