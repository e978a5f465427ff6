"""The blocks that papers are made of. Each takes plain words: what a person typed is shown, never read as markup."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, LongTable, Paragraph, Spacer, Table, TableStyle

from shop.lib.pdf.document import INK, LINE, QUIET, WIDTH
from shop.lib.pdf.letters import BOLD, REGULAR, marked_up, paragraph

PLAIN = ParagraphStyle("plain", fontName=REGULAR, fontSize=9, leading=13, textColor=INK)
RIGHT = ParagraphStyle("right", PLAIN, alignment=TA_RIGHT)
STRONG = ParagraphStyle("strong", PLAIN, fontName=BOLD)
STRONG_RIGHT = ParagraphStyle("strong-right", STRONG, alignment=TA_RIGHT)
LABEL = ParagraphStyle("label", PLAIN, fontSize=8, leading=11, textColor=QUIET)
LABEL_RIGHT = ParagraphStyle("label-right", LABEL, alignment=TA_RIGHT)
NAME = ParagraphStyle("name", STRONG, fontSize=15, leading=20)
TITLE = ParagraphStyle("title", NAME, alignment=TA_RIGHT)
BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
GAP = 4 * mm
Cell = str | Sequence[str]
"""A cell's words: one line, or a first line with quieter ones below it."""


def header(name: str, lines: Sequence[str], title: str, facts: Sequence[tuple[str, str]]) -> list[Flowable]:
    """The top of a paper: who sends it on the left, what it is and its numbers on the right."""
    left = [words(name, NAME), *(words(line, LABEL) for line in lines)]
    right = [words(title, TITLE), *(_fact(label, value) for label, value in facts)]
    return [_side_by_side([left, right]), Spacer(0, GAP)]


def parties(columns: Sequence[tuple[str, Sequence[str]]]) -> list[Flowable]:
    """Addresses or facts beside each other, each below its label; the first line stands out."""
    cells = []
    for label, lines in columns:
        told = [words(line, PLAIN if position else STRONG) for position, line in enumerate(lines)]
        cells.append([words(label, LABEL), *told])
    return [_side_by_side(cells), Spacer(0, GAP)]


def table(
    titles: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[int], left: Sequence[int]
) -> list[Flowable]:
    """Rows below their titles, which come again on each page. `shares` are the columns' widths against each other;
    columns whose number is in `left` begin at the left, others are figures and end at the right."""
    lines = [
        [words(title, LABEL if place in left else LABEL_RIGHT) for place, title in enumerate(titles)],
        *([_cell(cell, is_left=place in left) for place, cell in enumerate(row)] for row in rows),
    ]
    style = [
        *BARE[:1], ("LEFTPADDING", (1, 0), (-1, -1), 6), ("RIGHTPADDING", (0, 0), (-1, -1), 0), BARE[2],
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE), ("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]  # fmt: skip
    widths = [WIDTH * share / sum(shares) for share in shares]
    return [LongTable(lines, widths, repeatRows=1, style=TableStyle(style)), Spacer(0, GAP)]


def totals(rows: Sequence[tuple[str, str]]) -> list[Flowable]:
    """Sums at the right; the last one stands out, and they stay on one page."""
    plain = [[words(label), words(amount, RIGHT)] for label, amount in rows[:-1]]
    last = [words(rows[-1][0], STRONG), words(rows[-1][1], STRONG_RIGHT)]
    style = [*BARE, ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
             ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK)]  # fmt: skip
    sums = Table([*plain, last], [WIDTH * 0.27, WIDTH * 0.18], hAlign="RIGHT", style=TableStyle(style))
    return [KeepTogether([sums, Spacer(0, GAP)])]


def barcode(number: str) -> list[Flowable]:
    """A number as lines to scan (Code 128)."""
    return [Code128(number, barHeight=18 * mm, barWidth=0.5 * mm, quiet=False), Spacer(0, GAP)]


def note(text: str) -> list[Flowable]:
    """A quiet sentence of its own."""
    return [words(text, LABEL), Spacer(0, GAP / 2)]


def words(text: str, style: ParagraphStyle = PLAIN) -> Paragraph:
    """A paragraph of plain words."""
    return paragraph(marked_up(text, style), style)


def _fact(label: str, value: str) -> Paragraph:
    colour = QUIET.hexval().replace("0x", "#")
    return paragraph(f'<font color="{colour}">{marked_up(label, RIGHT)}</font> {marked_up(value, RIGHT)}', RIGHT)


def _cell(cell: Cell, *, is_left: bool) -> list[Paragraph]:
    first, *more = (cell,) if isinstance(cell, str) else cell
    plain, quiet = (PLAIN, LABEL) if is_left else (RIGHT, LABEL_RIGHT)
    return [words(first, plain), *(words(line, quiet) for line in more)]


def _side_by_side(cells: Sequence[Sequence[Flowable]]) -> Table:
    return Table([list(cells)], [WIDTH / len(cells)] * len(cells), style=TableStyle(BARE))
