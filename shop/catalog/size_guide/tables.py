"""A product type's size table, read by the names of its columns.

The first column names the size, one called For says who wears it. Columns that begin with Body are measured on a
person; UK, US, EU and IN hold what the size is called there; all others are measured on the garment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from shop.catalog.size_guide.lengths import text_in_inches

WEARER, BODY, GARMENT = "for", "body ", "garment "
COUNTRIES = frozenset({"uk", "us", "eu", "in"})
Cell = tuple[str, str]


class Part(Enum):
    """What a column is about."""

    SIZE = auto()
    BODY = auto()
    GARMENT = auto()
    COUNTRIES = auto()


@dataclass(frozen=True)
class Chart:
    """A part of a size table: the names of its columns, and of each size its cells in centimetres and in inches."""

    columns: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class SizeTable:
    """Measurements in centimetres, a row for each size."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> SizeTable:
        """The table as a product type keeps it: {"columns": [...], "rows": [[...]], "note": ""}."""
        table = kept or {}
        rows = [[str(cell) for cell in row] for row in table.get("rows", [])]
        return cls([str(column) for column in table.get("columns", [])], rows, str(table.get("note", "")))

    @property
    def wearers(self) -> list[str]:
        """Who it has rows for, in their order; nobody without such a column."""
        place = self._place_of_wearer()
        return list(dict.fromkeys(row[place] for row in self.rows if row[place])) if place else []

    def worn_by(self, wearer: str) -> SizeTable:
        """The rows for one wearer, without the column that says so; the whole table where none are theirs."""
        place = self._place_of_wearer()
        mine = [row for row in self.rows if place and row[place].casefold() == wearer.casefold()]
        if not mine or not place:
            return self
        columns = [*self.columns[:place], *self.columns[place + 1 :]]
        return replace(self, columns=columns, rows=[[*row[:place], *row[place + 1 :]] for row in mine])

    def columns_of(self, part: Part) -> dict[int, str]:
        """The names of a part's columns by their places."""
        return {place: name_of(column) for place, column in enumerate(self.columns) if _part(place, column) is part}

    def chart(self, part: Part) -> Chart | None:
        """A part of the table, each row beginning with what says whose size it is; None where it has no columns."""
        shown = self.columns_of(part)
        if not shown or not self.rows:
            return None
        names = self.columns_of(Part.SIZE) | shown
        is_length = part is not Part.COUNTRIES
        return Chart(
            list(names.values()),
            [[_cell(row[place], is_length=is_length and place in shown) for place in names] for row in self.rows],
        )

    def _place_of_wearer(self) -> int:
        """Where the column stands; 0, which is the size's own place, for none."""
        return next((place for place, column in enumerate(self.columns) if place and column.casefold() == WEARER), 0)


def name_of(column: str) -> str:
    """A column's name without the word that says what is measured: Chest, for Body chest and Garment chest."""
    start = next((word for word in (BODY, GARMENT) if column.casefold().startswith(word)), "")
    rest = column[len(start) :]
    return rest[:1].upper() + rest[1:]


def _part(place: int, column: str) -> Part:
    word = column.casefold()
    if not place or word == WEARER:
        return Part.SIZE
    if word.startswith(BODY):
        return Part.BODY
    return Part.COUNTRIES if word in COUNTRIES else Part.GARMENT


def _cell(text: str, *, is_length: bool) -> Cell:
    return text, text_in_inches(text) if is_length else text
