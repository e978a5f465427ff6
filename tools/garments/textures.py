"""Cloth seen from a metre away: each texture is a function of cloth coordinates (u across, v along), unit deviation."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

from tools.garments.canvas import Layer

TILE = 1024
Texture = Callable[[Layer, Layer], Layer]


@lru_cache(maxsize=32)
def _grain(across: float, down: float, seed: int) -> Layer:
    raw = np.random.default_rng(seed).standard_normal((TILE, TILE))
    soft = gaussian_filter(raw, (down, across), mode="wrap")
    return (soft / soft.std()).astype(np.float32)


def grain(u: Layer, v: Layer, across: float, down: float, seed: int = 0) -> Layer:
    """Fine noise fixed to the cloth, so that it turns with a sleeve."""
    spread = 1.2
    tile = _grain(across, down, seed)
    return map_coordinates(tile, [v * spread, u * spread], order=1, mode="grid-wrap", output=np.float32)


def wave(position: Layer, period: float) -> Layer:
    """A sine over cloth coordinates."""
    return np.sin(position * np.float32(2 * np.pi / period))


def jersey(u: Layer, v: Layer) -> Layer:
    """Fine vertical wales."""
    return 0.4 * wave(u + 0.4 * wave(v, 4), 3.2) + 0.5 * grain(u, v, 0.5, 1.4) + 0.25 * grain(u, v, 3, 3, 1)


def pique(u: Layer, v: Layer) -> Layer:
    """Small raised diamonds."""
    return 0.9 * wave(u + v * 0.75, 4.6) * wave(u - v * 0.75, 4.6) + 0.4 * grain(u, v, 0.6, 0.6)


def oxford(u: Layer, v: Layer) -> Layer:
    """Basket weave."""
    return 0.55 * np.sign(wave(u, 3.6)) * np.sign(wave(v, 3.6)) + 0.6 * grain(u, v, 0.6, 0.6)


def poplin(u: Layer, v: Layer) -> Layer:
    """Almost smooth."""
    return 0.5 * grain(u, v, 0.5, 3) + 0.5 * grain(u, v, 3, 0.5, 1)


def linen(u: Layer, v: Layer) -> Layer:
    """Slubs both ways."""
    return 0.6 * grain(u, v, 14, 0.7) + 0.6 * grain(u, v, 0.7, 14, 1) + 0.35 * grain(u, v, 0.6, 0.6, 2)


def khadi(u: Layer, v: Layer) -> Layer:
    """Coarser, shorter slubs."""
    return 0.6 * grain(u, v, 9, 0.9, 3) + 0.5 * grain(u, v, 0.9, 7, 4) + 0.4 * grain(u, v, 0.7, 0.7, 5)


def denim(u: Layer, v: Layer) -> Layer:
    """Twill lines under long vertical streaks."""
    return 0.6 * wave(u + v * 1.7, 5.2) + 0.6 * grain(u, v, 0.7, 9) + 0.4 * grain(u, v, 0.5, 0.5, 1)


def twill(u: Layer, v: Layer) -> Layer:
    """Diagonal weave."""
    return 0.6 * wave(u + v * 1.4, 4.2) + 0.5 * grain(u, v, 0.6, 0.6)


def flannel(u: Layer, v: Layer) -> Layer:
    """Brushed nap."""
    return 0.6 * grain(u, v, 1.2, 1.2) + 0.3 * wave(u + v, 4.4) + 0.3 * grain(u, v, 0.7, 4, 1)


def fleece(u: Layer, v: Layer) -> Layer:
    """Dense matt loops with a melange cast."""
    return 0.7 * grain(u, v, 1.0, 1.3) + 0.3 * grain(u, v, 2.5, 4, 1)


def pile(u: Layer, v: Layer) -> Layer:
    """Curly sherpa."""
    return (
        0.9 * np.abs(grain(u, v, 3.0, 3.0)) ** 0.8
        - 0.5 * np.abs(grain(u, v, 4.5, 4.5, 1))
        + 0.2 * grain(u, v, 0.7, 0.7)
    )


def knit(u: Layer, v: Layer) -> Layer:
    """Columns of V-shaped loops."""
    column = (u / 8.4) % 1 - 0.5
    loop = ((v + np.abs(column) * 10) / 6.6) % 1
    strand = np.exp(-(((np.abs(column) - 0.24) / 0.15) ** 2)) * (0.35 + 0.65 * np.sin(loop * np.pi))
    return 1.5 * (strand - 0.45) + 0.25 * grain(u, v, 0.6, 0.6)


def rib(u: Layer, v: Layer) -> Layer:
    """Vertical ribs of a cuff."""
    return np.cos(u * np.float32(2 * np.pi / 6.4)) + 0.2 * grain(u, v, 0.6, 0.6)


def smooth(u: Layer, v: Layer) -> Layer:
    """No structure: buttons, labels, metal."""
    return np.zeros_like(u)


TEXTURES: dict[str, tuple[Texture, float]] = {
    "jersey": (jersey, 0.055),
    "pique": (pique, 0.06),
    "oxford": (oxford, 0.06),
    "poplin": (poplin, 0.03),
    "linen": (linen, 0.07),
    "khadi": (khadi, 0.075),
    "cambric": (poplin, 0.04),
    "denim": (denim, 0.12),
    "twill": (twill, 0.065),
    "flannel": (flannel, 0.06),
    "fleece": (fleece, 0.05),
    "pile": (pile, 0.13),
    "lambswool": (knit, 0.11),
    "rib": (rib, 0.10),
    "smooth": (smooth, 0.0),
}


def cloth(name: str, u: Layer, v: Layer) -> Layer:
    """The texture of a cloth, already at its own strength."""
    function, strength = TEXTURES[name]
    raw = function(u, v)
    return (raw - raw.mean()) / (raw.std() + 1e-6) * np.float32(strength)
