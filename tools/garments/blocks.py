"""The carved blocks: motifs that are drawn once and printed by `motifs`."""

import math

from tools.garments import motifs
from tools.garments.canvas import Layer
from tools.garments.motifs import Pen, dot, petal


def sun() -> motifs.Print:
    """A sun of sixteen rays for a chest."""
    size, middle = 200.0, (100.0, 100.0)

    def rays(pen: Pen) -> None:
        for ray in range(16):
            long = ray % 2 == 0
            petal(pen, middle, (44, 96 if long else 78), ray * 22.5, 15 if long else 9)
        for spot in range(16):
            _orbit(pen, middle, 88, spot * 22.5 + 11.25, 2.6)

    def disc(pen: Pen) -> None:
        dot(pen, *middle, 36)
        dot(pen, *middle, 30, fill=0)
        for leaf in range(8):
            petal(pen, middle, (5, 27), leaf * 45, 9)

    art = {"ink1": motifs.drawn(size, size, rays), "ink2": motifs.drawn(size, size, disc)}
    return motifs.stamped(art, 400, 400, size)


def flower(start: float = -9999, stop: float = 9999) -> motifs.Print:
    """A six-petalled flower with leaves, for a dress."""

    def petals(pen: Pen) -> None:
        for leaf in range(6):
            petal(pen, (27, 24), (4, 19), leaf * 60 + 30, 12)
        for spot in range(6):
            _orbit(pen, (27, 24), 17, spot * 60, 1.6)
        dot(pen, 27, 68, 2)

    def leaves(pen: Pen) -> None:
        dot(pen, 27, 24, 3.4)
        for angle, reach in ((90, 21), (58, 22), (122, 22)):
            petal(pen, (27, 40), (2, reach), angle, 6.5)

    art = {"ink1": motifs.drawn(54, 74, petals), "ink2": motifs.drawn(54, 74, leaves)}
    return motifs.tiled(art, 54, 74, start=start, stop=stop)


def buti(start: float = -9999, stop: float = 9999) -> motifs.Print:
    """A small mango with a dotted outline, for a kurta."""

    def mango(pen: Pen) -> None:
        _paisley(pen, 1.0)
        _paisley(pen, 0.52, fill=0)

    def accents(pen: Pen) -> None:
        _paisley(pen, 0.30)
        for spot in range(8):
            _orbit(pen, (20, 36), 12.5, -40 + spot * 35, 1.2)

    art = {"ink1": motifs.drawn(44, 58, mango), "ink2": motifs.drawn(44, 58, accents)}
    return motifs.tiled(art, 44, 58, start=start, stop=stop)


def border(top: float, depth: float = 54) -> motifs.Print:
    """A printed border: lines above and below a row of lotus buds."""

    def buds(pen: Pen) -> None:
        base = (22, depth - 14)
        for angle, reach in ((-90, depth - 24), (-62, depth - 30), (-118, depth - 30)):
            petal(pen, base, (0, reach), angle, 9)
        dot(pen, 44, depth / 2, 2.4)
        dot(pen, 0, depth / 2, 2.4)

    art = motifs.drawn(44, depth, buds)

    def pattern(u: Layer, v: Layer) -> dict[str, Layer]:
        lines = motifs.band(v, top, top + 4) + motifs.band(v, top + depth, top + depth + 4)
        lines += motifs.band(v, top + 7, top + 8.4) + motifs.band(v, top + depth - 4.4, top + depth - 3)
        x = (u - 378) % 44
        row = motifs.sampled(art, x, v - top) * motifs.band(v, top + 8, top + depth - 4)
        return {"ink1": lines, "ink2": row, "ground2": motifs.band(v, top, top + depth)}

    return pattern


def _paisley(pen: Pen, swell: float, fill: int = 255) -> None:
    """A drop whose tip curls over, as on every old block; a smaller swell lies inside a larger one."""
    for step in range(60):
        t = step / 59 * (1 if swell == 1 else 0.55)
        x = 20 - 3.5 * math.sin(math.pi * t) + 10 * t**2.2
        dot(pen, x, 36 - 25 * t + 5 * t**4, swell * (8.4 * (1 - t) ** 0.8 + 0.5), fill)


def _orbit(pen: Pen, centre: tuple[float, float], reach: float, angle: float, radius: float) -> None:
    turn = math.radians(angle)
    dot(pen, centre[0] + reach * math.cos(turn), centre[1] + reach * math.sin(turn), radius)
