"""Which size fits like a garment one owns.

A difference counts in sizes: it is divided by the column's grade, the usual step from one size to the next, because a
centimetre at the shoulder says as much as four around the chest. Girths of chest, waist and hip count twice: by these
ISO 8559-2 tells sizes apart (primary dimensions). Any other counts as two sizes at the most: a longer cut is a matter
of style, and must not outvote the chest. The nearest size has the smallest root of the mean square; of two that are as
near, the larger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from statistics import median

from shop.catalog.attributes import slug_of
from shop.catalog.size_guide.lengths import length_of
from shop.catalog.size_guide.tables import Part, SizeTable

PRIMARY = re.compile(r"\b(chest|bust|waist|hips?)\b", re.IGNORECASE)
PRIMARY_WEIGHT = 2
MOST_SIZES = Decimal(2)
ABOUT_THE_SAME = Decimal(1)
"""Centimetres: garments are made to about one."""
HALF_A_SIZE = Decimal("0.5")
CLOSE = Decimal(1)
"""Sizes: what is further away than the next size does not fit like it."""


class Feel(StrEnum):
    """How a size is worn beside the garment one owns."""

    SNUG = "snug"
    TRUE = "true"
    ROOMY = "roomy"


@dataclass(frozen=True)
class Measure:
    """A column of garments' measurements, in centimetres by size; `key` names it in addresses."""

    key: str
    name: str
    lengths: Mapping[str, Decimal] = field(compare=False)

    @property
    def is_primary(self) -> bool:
        return bool(PRIMARY.search(self.name))

    @property
    def weight(self) -> int:
        return PRIMARY_WEIGHT if self.is_primary else 1

    @cached_property
    def grade(self) -> Decimal:
        """The usual step from one size to the next, the middle of those there are; 0 where all sizes are alike."""
        steps = [abs(after - before) for before, after in pairwise(self.lengths.values()) if after != before]
        return Decimal(median(steps)) if steps else Decimal()


@dataclass(frozen=True)
class Difference:
    """One measurement of a size beside that of one's own garment, in centimetres."""

    measure: Measure
    mine: Decimal
    its: Decimal

    @property
    def by(self) -> Decimal:
        """How much larger the size is."""
        return self.its - self.mine

    @property
    def in_sizes(self) -> Decimal:
        return self.by / self.measure.grade

    @property
    def counted(self) -> Decimal:
        """As much of it as counts, in sizes, whichever the larger is."""
        size = abs(self.in_sizes)
        return size if self.measure.is_primary else min(size, MOST_SIZES)

    @property
    def is_small(self) -> bool:
        return abs(self.by) <= ABOUT_THE_SAME


@dataclass(frozen=True)
class Comparison:
    """A size beside one's own garment."""

    size: str
    differences: list[Difference]

    @property
    def telling(self) -> list[Difference]:
        """Those by which sizes can be told apart."""
        return [one for one in self.differences if one.measure.grade]

    @property
    def distance(self) -> Decimal:
        """How far away it is, in sizes."""
        return _mean([(one.measure.weight, one.counted) for one in self.telling])

    @property
    def distance_uncapped(self) -> Decimal:
        """The same with all there is of every difference: it decides where as much counts."""
        return _mean([(one.measure.weight, one.in_sizes) for one in self.telling])

    @property
    def off(self) -> Decimal:
        """How many sizes larger it is in its girths; in all there is where none was measured."""
        girths = [one for one in self.telling if one.measure.is_primary] or self.telling
        return sum((one.in_sizes for one in girths), Decimal()) / len(girths)

    @property
    def is_close(self) -> bool:
        return abs(self.off) <= CLOSE

    @property
    def feel(self) -> Feel:
        """By its girths: a longer sleeve makes nothing roomy."""
        if abs(self.off) <= HALF_A_SIZE:
            return Feel.TRUE
        return Feel.ROOMY if self.off > 0 else Feel.SNUG


def measures_of(table: SizeTable) -> list[Measure]:
    """What can be compared: the columns of garments' measurements that hold a plain length for every size.

    None where the table has rows for several wearers, because a size then means several things.
    """
    columns = {} if table.wearers else table.columns_of(Part.GARMENT)
    found = []
    for place, name in columns.items():
        lengths = {row[0]: length for row in table.rows if (length := length_of(row[place])) is not None}
        if slug_of(name) and len(lengths) == len(table.rows):
            found.append(Measure(f"my-{slug_of(name)}", name, lengths))
    return found


def compare(labels: Sequence[str], mine: Mapping[Measure, Decimal]) -> list[Comparison]:
    """Each of these sizes that was measured beside one's own garment, whose lengths are in centimetres."""
    measured = [label for label in labels if all(label in measure.lengths for measure in mine)]
    return [
        Comparison(label, [Difference(measure, own, measure.lengths[label]) for measure, own in mine.items()])
        for label in measured
    ]


def nearest(compared: Sequence[Comparison]) -> Comparison | None:
    """The size that comes closest; None where nothing that was measured tells sizes apart."""
    ranked = [(one.distance, one.distance_uncapped, -place) for place, one in enumerate(compared) if one.telling]
    return compared[-min(ranked)[2]] if ranked else None


def _mean(weighted: Sequence[tuple[int, Decimal]]) -> Decimal:
    """The root of the mean square."""
    squares = sum((weight * value**2 for weight, value in weighted), Decimal())
    return (squares / sum(weight for weight, _ in weighted)).sqrt()
