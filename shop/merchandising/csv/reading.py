"""Reads a file that somebody sent: whatever a spreadsheet may have made of it, but nothing by guessing."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from shop.lib.errors import ShopError
from shop.lib.sheets import bared
from shop.merchandising.csv.columns import ALIASES

SEPARATORS = (",", ";", "\t")
MOST_ROWS = 50_000
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(ShopError):
    """A file that is no table, or not the one that is asked for."""

    field = "file"


@dataclass(frozen=True)
class Line:
    """One line of a file. `row` is its number in a spreadsheet, where the head is 1; cells by column, stripped."""

    row: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A file's lines, and the columns in it that nobody knows."""

    lines: list[Line]
    columns: list[str]
    unknown: list[str]


def read(content: bytes, columns: Collection[str]) -> Table:
    """The lines of a file below its head. Raises Unreadable."""
    rows = _rows(_text(content), columns)
    titles = next(rows, [])
    head = [_column(title) for title in titles]
    known = [name for name in head if name in columns]
    if not known:
        raise Unreadable(f"The first line must name the columns, such as {', '.join([*columns][:4])}.")
    if twice := sorted({name for name in known if known.count(name) > 1}):
        raise Unreadable(f"The column {twice[0]} stands there twice.")
    unknown = [title.strip() for title, name in zip(titles, head, strict=True) if title.strip() and name not in columns]
    return Table(list(_lines(rows, head, set(known))), known, unknown)


def _text(content: bytes) -> str:
    """UTF-8 with or without its mark, or UTF-16 with it."""
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        return content.decode(encoding).replace("\0", "")
    except UnicodeDecodeError as error:
        raise Unreadable("This is no text that can be read. Save it as “CSV UTF-8”.") from error


def _rows(text: str, columns: Collection[str]) -> Iterator[list[str]]:
    """Cells of each line, by the separator that finds most columns in the head."""
    separator = max(SEPARATORS, key=lambda one: _found(text, one, columns))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise Unreadable(f"Line {reader.line_num} cannot be read: {error}.") from error


def _found(text: str, separator: str, columns: Collection[str]) -> int:
    head = next(csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=separator), [])
    return len({_column(title) for title in head} & set(columns))


def _lines(rows: Iterator[list[str]], head: list[str], known: set[str]) -> Iterator[Line]:
    for row, cells in enumerate(rows, start=2):
        if row > MOST_ROWS + 1:
            raise Unreadable(f"At most {MOST_ROWS:,} lines at once: cut the file into several.")
        if len(cells) > len(head) and any(cells[len(head) :]):
            raise Unreadable(f"Row {row} has more cells than the head has columns.")
        named = {name: _cell(cell) for name, cell in zip(head, cells, strict=False) if name in known}
        if any(named.values()):
            yield Line(row, named)


def _cell(cell: str) -> str:
    return bared(cell).replace("\r\n", "\n").strip()


def _column(title: str) -> str:
    name = "_".join(title.strip().casefold().replace("-", " ").replace("_", " ").split())
    return ALIASES.get(name, name)
