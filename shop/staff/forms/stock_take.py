"""Reads the file of a stock take: a row for each SKU with what was counted."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from shop.lib.errors import ShopError
from shop.lib.sheets import bared
from shop.stock.services import Counted
from shop.stock.services.adjusting import MOST_COUNTED

MOST_ROWS = 5_000
SKU, COUNTED = ("sku",), ("counted", "in stock")


class FileRefused(ShopError):
    """The file is no stock take."""

    field = "file"


def read_counts(content: bytes) -> list[Counted]:
    """The rows of a CSV file with the columns SKU and Counted, or In stock as the stock desk's own file calls it.

    Comma, semicolon and tab are understood. Raises FileRefused.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("Save the file as CSV in UTF-8.") from None
    if not text.strip():
        raise FileRefused("The file is empty.")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    try:
        titles, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise FileRefused("This is no CSV file.") from None
    if len(rows) > MOST_ROWS:
        raise FileRefused(f"A stock take has at most {MOST_ROWS} rows. Make several files of it.")
    sku, counted = _place(titles, SKU), _place(titles, COUNTED)
    return [_counted(number, row, sku, counted) for number, row in enumerate(rows, start=2) if any(map(str.strip, row))]


def _place(titles: Sequence[str], names: Sequence[str]) -> int:
    known = [title.strip().casefold() for title in titles]
    place = next((known.index(name) for name in names if name in known), None)
    if place is None:
        raise FileRefused("The first row must name the columns SKU and Counted.")
    return place


def _counted(number: int, row: Sequence[str], sku: int, counted: int) -> Counted:
    if len(row) <= max(sku, counted):
        return Counted(number, row[sku].strip() if len(row) > sku else "", wrong="The row is too short.")
    name, typed = bared(row[sku].strip()), row[counted].strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 9 and int(typed) <= MOST_COUNTED):
        return Counted(number, name, wrong=f"“{typed[:20]}” is no number from 0 to {MOST_COUNTED}.")
    return Counted(number, name, int(typed))
