"""How a value stands in a cell, so that a spreadsheet shows it as it is and it is read back as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

MARK = "'"
CALCULATED = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for a formula (OWASP, CSV injection), also behind marks that were there before."""
BOM = "\ufeff"
"""Without it spreadsheets take UTF-8 for the system's own encoding."""


def shielded(text: str) -> str:
    """A cell that no spreadsheet calculates."""
    return f"{MARK}{text}" if CALCULATED.match(text) else text


def bared(cell: str) -> str:
    """The value that was shielded."""
    return cell[1:] if cell.startswith(MARK) and CALCULATED.match(cell) else cell


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows as lines of a CSV file."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([shielded(text) for text in row] for row in rows)
    return lines.getvalue()


def yes_or_no(is_so: bool) -> str:
    """A fact as a cell has it."""
    return "yes" if is_so else "no"
