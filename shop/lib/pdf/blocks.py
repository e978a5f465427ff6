"""The blocks that papers are made of. Each takes plain words: what a person typed is shown, never read as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, Spacer, Table, TableStyle

from shop.lib.pdf.document import WIDTH
from shop.lib.pdf.words import INK, QUIET, Look, Words

LINE = HexColor("#d9d4cd")
PLAIN = Look()
RIGHT = replace(PLAIN, is_right=True)
STRONG = replace(PLAIN, is_bold=True)
STRONG_RIGHT = replace(STRONG, is_right=True)
LABEL = Look(size=8, leading=11, colour=QUIET)
LABEL_RIGHT = replace(LABEL, is_right=True)
NAME = replace(STRONG, size=15, leading=20)
TITLE = replace(NAME, is_right=True)
BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
GAP = 4 * mm
Cell = str | Sequence[str]
"""A cell's words: one line, or a first line with quieter ones below it."""
MOST_LINES = 25
"""A cell with more goes on in a row of its own, because a row stays on one page."""


def header(name: str, lines: Sequence[str], title: str, facts: Sequence[tuple[str, str]]) -> list[Flowable]:
    """The top of a paper: who sends it on the left, what it is and its numbers on the right."""
    left = [Words(name, NAME), *(Words(line, LABEL) for line in lines)]
    right = [Words(title, TITLE), *(Words(value, RIGHT, label) for label, value in facts)]
    return [_side_by_side([left, right]), Spacer(0, GAP)]


def parties(columns: Sequence[tuple[str, Sequence[str]]]) -> list[Flowable]:
    """Addresses or facts beside each other, each below its label; the first line stands out."""
    cells = []
    for label, lines in columns:
        told = [Words(line, PLAIN if position else STRONG) for position, line in enumerate(lines)]
        cells.append([Words(label, LABEL), *told])
    return [_side_by_side(cells), Spacer(0, GAP)]


def table(
    titles: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    shares: Sequence[int],
    left: Sequence[int],
    ending: Sequence[Flowable] = (),
) -> list[Flowable]:
    """Rows below their titles, which come again on each page. `shares` are the columns' widths against each other;
    columns whose number is in `left` begin at the left, others are figures and end at the right.
    The `ending` stands on one page with the last two rows."""
    lines = [
        [Words(title, LABEL if place in left else LABEL_RIGHT) for place, title in enumerate(titles)],
        *([_cell(cell, is_left=place in left) for place, cell in enumerate(row)] for row in _rows(rows)),
    ]
    count = len(lines) - 1
    style = [
        BARE[0], ("LEFTPADDING", (1, 0), (-1, -1), 6), *BARE[1:], ("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE),
        ("LINEBELOW", (0, 0), (-1, count), 0.5, LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]  # fmt: skip
    if ending:
        lines.append([list(ending), *([""] * (len(titles) - 1))])
        style += [("SPAN", (0, -1), (-1, -1)), ("TOPPADDING", (0, -1), (-1, -1), GAP),
                  ("NOSPLIT", (0, -1 - min(2, count)), (-1, -1))]  # fmt: skip
    widths = [WIDTH * share / sum(shares) for share in shares]
    return [LongTable(lines, widths, repeatRows=1, style=TableStyle(style)), Spacer(0, GAP)]


def totals(rows: Sequence[tuple[str, str]]) -> list[Flowable]:
    """Sums at the right; the last one stands out."""
    looks = [*[(PLAIN, RIGHT)] * (len(rows) - 1), (STRONG, STRONG_RIGHT)]
    lines = [["", Words(label, look), Words(amount, right)]
             for (label, amount), (look, right) in zip(rows, looks, strict=True)]  # fmt: skip
    style = [*BARE, ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
             ("LINEABOVE", (1, -1), (-1, -1), 0.8, INK)]  # fmt: skip
    return [Table(lines, [WIDTH * 0.55, WIDTH * 0.27, WIDTH * 0.18], style=TableStyle(style)), Spacer(0, GAP)]


def barcode(number: str) -> list[Flowable]:
    """A number as lines to scan (Code 128)."""
    return [Code128(number, barHeight=18 * mm, barWidth=0.5 * mm, quiet=False), Spacer(0, GAP)]


def note(text: str) -> list[Flowable]:
    """A quiet sentence of its own."""
    return [Words(text, LABEL), Spacer(0, GAP / 2)]


def _rows(rows: Sequence[Sequence[Cell]]) -> Iterator[list[Sequence[str]]]:
    for row in rows:
        cells = [[cell] if isinstance(cell, str) else cell for cell in row]
        for start in range(0, max(map(len, cells)), MOST_LINES):
            yield [cell[start : start + MOST_LINES] or [""] for cell in cells]


def _cell(lines: Sequence[str], *, is_left: bool) -> list[Words]:
    first, *more = lines
    plain, quiet = (PLAIN, LABEL) if is_left else (RIGHT, LABEL_RIGHT)
    return [Words(first, plain), *(Words(line, quiet) for line in more)]


def _side_by_side(cells: Sequence[Sequence[Flowable]]) -> Table:
    style = TableStyle([*BARE, ("RIGHTPADDING", (0, 0), (-2, -1), GAP)])
    return Table([list(cells)], [WIDTH / len(cells)] * len(cells), style=style)
