"""Turns outlines into antialiased masks, and makes the slow noise that cloth needs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter, zoom

from tools.garments.curves import HEIGHT, WIDTH, Line

Layer = NDArray[Any]
Dots = list[tuple[float, float]]
SUPERSAMPLE = 3


@dataclass(frozen=True)
class Frame:
    """The picture being drawn: `scale` pixels for one design unit."""

    scale: float = 1.2

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns in pixels."""
        return round(HEIGHT * self.scale), round(WIDTH * self.scale)

    def around(self, outline: Line, margin: float) -> "Window":
        """The part of the picture that holds an outline and `margin` units around it."""
        rows, columns = self.shape
        left, top = np.floor((outline.min(axis=0) - margin) * self.scale).astype(int)
        right, bottom = np.ceil((outline.max(axis=0) + margin) * self.scale).astype(int)
        return Window(self, max(top, 0), min(max(bottom, 1), rows), max(left, 0), min(max(right, 1), columns))


@dataclass(frozen=True)
class Window:
    """A rectangle of a frame, in pixels."""

    frame: Frame
    top: int
    bottom: int
    left: int
    right: int

    @property
    def slices(self) -> tuple[slice, slice]:
        """What to index a layer of the whole frame with."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def grid(self) -> tuple[Layer, Layer]:
        """Design coordinates (x, y) of each pixel."""
        scale = np.float32(self.frame.scale)
        y, x = np.mgrid[self.top : self.bottom, self.left : self.right].astype(np.float32)
        return (x + 0.5) / scale, (y + 0.5) / scale

    def mask(self, outline: Line) -> Layer:
        """Coverage of a closed outline, 0 to 1."""
        return self._draw(lambda pen, dots: pen.polygon(dots, fill=255), outline)

    def stroke(self, middle: Line, width: float) -> Layer:
        """Coverage of a line of `width` units."""
        thick = max(1, round(width * self.frame.scale * SUPERSAMPLE))
        return self._draw(lambda pen, dots: pen.line(dots, fill=255, width=thick, joint="curve"), middle)

    def dashes(self, middle: Line, width: float, on: float = 6, off: float = 3.4) -> Layer:
        """Coverage of a dashed line: a row of stitches."""
        thick = max(1, round(width * self.frame.scale * SUPERSAMPLE))
        image = Image.new("L", ((self.right - self.left) * SUPERSAMPLE, (self.bottom - self.top) * SUPERSAMPLE))
        pen = ImageDraw.Draw(image)
        for dash in _cut(middle, on, off):
            pen.line(self._dots(dash), fill=255, width=thick, joint="curve")
        return _shrunk(image)

    def _dots(self, outline: Line) -> Dots:
        placed = (outline * self.frame.scale - (self.left, self.top)) * SUPERSAMPLE
        return [(float(x), float(y)) for x, y in placed]

    def _draw(self, paint: Callable[[ImageDraw.ImageDraw, Dots], None], outline: Line) -> Layer:
        image = Image.new("L", ((self.right - self.left) * SUPERSAMPLE, (self.bottom - self.top) * SUPERSAMPLE))
        paint(ImageDraw.Draw(image), self._dots(outline))
        return _shrunk(image)


def _shrunk(image: Image.Image) -> Layer:
    return np.asarray(image.reduce(SUPERSAMPLE), np.float32) / np.float32(255)


def _cut(middle: Line, on: float, off: float) -> list[Line]:
    """Cut a line into dashes of equal length."""
    steps = np.linalg.norm(np.diff(middle, axis=0), axis=1)
    length = np.concatenate([[0], np.cumsum(steps)])
    starts = np.arange(0, length[-1], on + off)
    cuts = [np.linspace(start, min(start + on, length[-1]), 4) for start in starts]
    return [np.stack([np.interp(cut, length, middle[:, k]) for k in (0, 1)], axis=1) for cut in cuts]


def soft(layer: Layer, sigma: float | tuple[float, float], frame: Frame) -> Layer:
    """Gaussian blur by `sigma` design units."""
    pixels = np.multiply(sigma, frame.scale)
    return gaussian_filter(layer, pixels, truncate=3)


def moved(layer: Layer, down: float, across: float, scale: float) -> Layer:
    """Shift a layer by design units; what comes in from outside is empty."""
    dy, dx = round(down * scale), round(across * scale)
    rows, columns = layer.shape
    result = np.zeros_like(layer)
    result[max(dy, 0) : rows + min(dy, 0), max(dx, 0) : columns + min(dx, 0)] = layer[
        max(-dy, 0) : rows + min(-dy, 0), max(-dx, 0) : columns + min(-dx, 0)
    ]
    return result


@lru_cache(maxsize=64)
def _noise(shape: tuple[int, int], across: float, down: float, octaves: int, seed: int) -> Layer:
    """Made coarse in design units and enlarged, so every scale shows the same folds."""
    random = np.random.default_rng(seed)
    grid = (HEIGHT // 5, WIDTH // 5)
    total, strength = np.zeros(grid), 1.0
    for octave in range(octaves):
        raw = gaussian_filter(random.standard_normal(grid), (down / 5 / 2**octave, across / 5 / 2**octave))
        total += strength * raw / (raw.std() + 1e-9)
        strength *= 0.5
    total /= total.std()
    factors = (shape[0] / grid[0], shape[1] / grid[1])
    return zoom(total, factors, order=3).astype(np.float32)


def noise(frame: Frame, across: float, down: float, octaves: int, seed: int) -> Layer:
    """Slow noise over the whole frame, unit deviation; `across` and `down` are its grain in units."""
    return _noise(frame.shape, across, down, octaves, seed)
