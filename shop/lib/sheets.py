"""Tables as CSV files that spreadsheets open: UTF-8 with its mark, and no cell that could run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

BOM = "\ufeff"
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(titles: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """A file of rows below their titles."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([cell(title) for title in titles])
    writer.writerows([cell(value) for value in row] for row in rows)
    return f"{BOM}{text.getvalue()}".encode()


def cell(value: Any) -> str:
    """A value as a cell has it; text that a spreadsheet would run begins with an apostrophe (safety rule 16)."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, str) and value.startswith(STARTS_FORMULA):
        return f"'{value}"
    return str(value)
