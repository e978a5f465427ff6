"""The size table as it is typed: a grid that grows and shrinks by buttons, with or without scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from shop.merchandising.lookups.size_tables import MOST_COLUMNS, MOST_ROWS, checked_table

FIRST = ["Size", "Chest"]


@dataclass
class SizeTableForm:
    """Names of columns, rows of cells, and a note."""

    columns: list[str]
    rows: list[list[str]]
    note: str = ""
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> SizeTableForm:
        """The table of a product type; an empty one begins with two columns and a row."""
        table = kept or {}
        columns = [str(one) for one in table.get("columns", FIRST)]
        rows = [[str(cell) for cell in row] for row in table.get("rows", [])]
        return cls(columns, rows or [[""] * len(columns)], str(table.get("note", "")))

    @classmethod
    def typed(cls, sent: MultiDict[str, str]) -> SizeTableForm:
        """What was sent: the cells come row by row."""
        columns = sent.getlist("column")[: MOST_COLUMNS + 1]
        cells, wide = sent.getlist("cell")[: (MOST_COLUMNS + 1) * (MOST_ROWS + 1)], max(1, len(columns))
        rows = [cells[start:][:wide] for start in range(0, len(cells), wide)]
        return cls(columns, [row + [""] * (wide - len(row)) for row in rows], sent.get("note", ""))

    def reshape(self, what: str) -> bool:
        """Add or take away a row or a column, as a button's value says; whether there was such a button."""
        verb, _, number = what.partition(" ")
        place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
        if verb == "add-row" and len(self.rows) < MOST_ROWS:
            self.rows.append([""] * len(self.columns))
        elif verb == "add-column" and len(self.columns) < MOST_COLUMNS:
            self.columns.append("")
            self.rows = [[*row, ""] for row in self.rows]
        elif verb == "remove-row" and 0 <= place < len(self.rows):
            del self.rows[place]
        elif verb == "remove-column" and 0 <= place < len(self.columns):
            self._remove_column(place)
        return bool(what)

    def table(self) -> dict[str, Any]:
        """The table as it is kept, without rows in which nothing stands. Raises BadSizeTable."""
        rows = [row for row in self.rows if any(cell.strip() for cell in row)]
        return checked_table(self.columns if rows else [], rows, self.note)

    def _remove_column(self, place: int) -> None:
        del self.columns[place]
        self.rows = [row[:place] + row[place + 1 :] for row in self.rows]
