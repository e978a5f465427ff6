"""Lays out the revenue chart as the points of an SVG; colours and lines are the style sheet's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.insights.queries.sales import DaySales

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 280, 52, 12, 36
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Dot:
    """One day's point."""

    x: float
    y: float
    sales: DaySales


@dataclass(frozen=True)
class Level:
    """A line across, with its amount in short."""

    y: float
    label: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws."""

    width: int
    height: int
    left: int
    base: int
    dots: list[Dot]
    line: str
    area: str
    previous: str
    levels: list[Level]
    every: int
    """Each how many-th day is named below."""


def shares(numbers: Sequence[int]) -> list[int]:
    """How long a bar is for each number, in percent of the longest."""
    highest = max(numbers, default=0) or 1
    return [round(100 * number / highest) for number in numbers]


def revenue_chart(days: Sequence[DaySales], before: Sequence[DaySales]) -> Chart:
    """The chart of some days over as many days before them."""
    highest = max((day.revenue.minor for day in (*days, *before)), default=0)
    step = nice_step(highest)
    top = step * max(1, -(-highest // step))
    dots = _dots(days, top)
    base = HEIGHT - BOTTOM
    line = _path(dots)
    area = f"{line} L{dots[-1].x} {base} L{dots[0].x} {base} Z"
    levels = [Level(_y(level, top), short(level)) for level in range(0, top + 1, step)]
    every = max(7, -(-len(days) // 5))
    return Chart(WIDTH, HEIGHT, LEFT, base, dots, line, area, _path(_dots(before, top)), levels, every)


def nice_step(highest: int) -> int:
    """A round distance between levels (1, 2, 2.5 or 5 × a power of ten rupees) that gives at most four of them."""
    power = 100
    while True:
        for step in STEPS:
            if step * power * 4 >= highest:
                return int(step * power)
        power *= 10


def short(minor: int) -> str:
    """An amount in few characters, as the country counts: 0, 500, 25k, 1.5L (lakh)."""
    for size, mark in ((10_000_000, "L"), (100_000, "k")):
        if minor >= size:
            return f"{minor / size:g}{mark}"
    return f"{minor // 100}"


def _dots(days: Sequence[DaySales], top: int) -> list[Dot]:
    apart = (WIDTH - LEFT - 12) / max(1, len(days) - 1)
    return [Dot(round(LEFT + apart * i, 1), _y(day.revenue.minor, top), day) for i, day in enumerate(days)]


def _y(minor: int, top: int) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - minor / top), 1)


def _path(dots: Sequence[Dot]) -> str:
    return "M" + " L".join(f"{dot.x} {dot.y}" for dot in dots)
