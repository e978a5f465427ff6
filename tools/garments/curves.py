"""Outlines written as text: "0,226* 38,214 66,186" are points in design units (800 x 1000), `*` marks a hard corner."""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CENTRE = 400.0
WIDTH, HEIGHT = 800, 1000
Line = NDArray[np.float64]


class Point(NamedTuple):
    """A control point of an outline."""

    x: float
    y: float
    corner: bool = False


def points(text: str, *, side: int = 1, turn: float = 0, about: tuple[float, float] = (0, 0)) -> list[Point]:
    """Read points given as offsets from the centre line; `side` -1 mirrors, `turn` degrees swings them outwards."""
    read = [(float(x), float(y), bool(star)) for x, y, star in re.findall(r"(-?[\d.]+),(-?[\d.]+)(\*?)", text)]
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    placed = []
    for x, y, corner in read:
        dx, dy = x - about[0], y - about[1]
        swung_x, swung_y = about[0] + dx * cos + dy * sin, about[1] - dx * sin + dy * cos
        placed.append(Point(CENTRE + side * swung_x, swung_y, corner))
    return placed


def _spline(before: Point, start: Point, end: Point, after: Point, steps: int) -> Line:
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    a, b, c, d = (np.array(p[:2]) for p in (before, start, end, after))
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def smooth(control: list[Point], *, closed: bool = False, steps: int = 14) -> Line:
    """Catmull-Rom through the points, broken at corners."""
    count = len(control)
    pieces = []
    for i in range(count if closed else count - 1):
        start, end = control[i], control[(i + 1) % count]
        before = start if start.corner or (not closed and i == 0) else control[i - 1]
        after = end if end.corner or (not closed and i + 2 >= count) else control[(i + 2) % count]
        pieces.append(_spline(before, start, end, after, steps))
    if not closed:
        pieces.append(np.array([control[-1][:2]]))
    return np.concatenate(pieces)


def line(text: str, side: int = 1, turn: float = 0, about: tuple[float, float] = (0, 0)) -> Line:
    """An open line, for seams, stitches and folds."""
    return smooth(points(text, side=side, turn=turn, about=about))


def shape(text: str, side: int = 1, turn: float = 0, about: tuple[float, float] = (0, 0)) -> Line:
    """A closed outline, as written."""
    return smooth(points(text, side=side, turn=turn, about=about), closed=True)


def mirrored(text: str) -> Line:
    """A closed outline from its right half, listed from top centre to bottom centre."""
    half = points(text)
    other = [Point(2 * CENTRE - p.x, p.y, p.corner) for p in reversed(half) if abs(p.x - CENTRE) > 0.5]
    return smooth(half + other, closed=True)


def across(text: str) -> Line:
    """An open line from its right half, listed from the centre outwards, running edge to edge."""
    half = points(text)
    other = [Point(2 * CENTRE - p.x, p.y, p.corner) for p in reversed(half) if abs(p.x - CENTRE) > 0.5]
    return smooth(other + half)


def shifted(middle: Line, dx: float, dy: float) -> Line:
    """The same line, moved."""
    return middle + np.array([dx, dy])


def circle(x: float, y: float, radius: float) -> Line:
    """A round outline around an absolute point."""
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    return np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1)


def tapered(middle: Line, width: float) -> Line:
    """A leaf-shaped outline along a line: how a fold swells and dies away."""
    along = np.linspace(0, np.pi, len(middle))
    direction = np.gradient(middle, axis=0)
    normal = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9
    reach = (0.12 + 0.88 * np.sin(along) ** 0.7)[:, None] * width / 2
    return np.concatenate([middle + normal * reach, (middle - normal * reach)[::-1]])
