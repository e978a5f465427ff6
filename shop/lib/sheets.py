"""Tables as CSV files that spreadsheets open: UTF-8 with its mark, no cell that could run as a formula, read back as it
was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

BOM = "\ufeff"
MARK = "'"
FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet takes for a formula (OWASP, CSV injection), full-width signs too, also behind earlier marks."""


def as_csv(titles: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """A file of rows below their titles."""
    return f"{BOM}{lines([titles, *rows])}".encode()


def lines(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as lines of a file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def cell(value: Any) -> str:
    """A value as a cell has it; text that a spreadsheet would run begins with an apostrophe (safety rule 16)."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, str) and FORMULA.match(value):
        return f"{MARK}{value}"
    return str(value)


def bared(text: str) -> str:
    """The text that a cell stands for."""
    return text[1:] if text.startswith(MARK) and FORMULA.match(text) else text
