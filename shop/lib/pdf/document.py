"""One PDF file: A4 pages with margins, and what stands at the foot of each."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from shop.lib.pdf.letters import REGULAR, marked_up, paragraph, set_up_fonts

INK, QUIET, LINE = HexColor("#1d1b19"), HexColor("#6a645d"), HexColor("#d9d4cd")
PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN, FOOT = 18 * mm, 6 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
"""What is between the margins, in points."""
FOOT_LINE = ParagraphStyle("foot", fontName=REGULAR, fontSize=8, leading=10, textColor=QUIET)
PAGE_NUMBER = ParagraphStyle("page", FOOT_LINE, alignment=TA_RIGHT)


def as_pdf(title: str, author: str, foot: str, story: Sequence[Flowable]) -> bytes:
    """The file; the same blocks give the same bytes. `foot` stands below each page, with its number."""
    set_up_fonts()
    file = BytesIO()
    room = Frame(MARGIN, MARGIN + FOOT, WIDTH, PAGE_HEIGHT - 2 * MARGIN - FOOT, 0, 0, 0, 0)
    papers = BaseDocTemplate(
        file, pagesize=A4, title=title, author=author, lang="en", invariant=1, initialFontName=REGULAR,
        pageTemplates=[PageTemplate(frames=[room])],
    )  # fmt: skip
    papers.build(list(story), canvasmaker=lambda *args, **kwargs: _Numbered(foot, *args, **kwargs))
    return file.getvalue()


class _Numbered(Canvas):
    """A canvas that keeps its pages until it knows how many there are."""

    def __init__(self, foot: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._foot = foot
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for page in self._kept:
            self.__dict__.update(page)
            self._draw_foot(len(self._kept))
            super().showPage()
        super().save()

    def _draw_foot(self, pages: int) -> None:
        for text, style in ((self._foot, FOOT_LINE), (f"Page {self._pageNumber} of {pages}", PAGE_NUMBER)):
            line = paragraph(marked_up(text, style), style)
            line.wrapOn(self, WIDTH, FOOT)
            line.drawOn(self, MARGIN, MARGIN - FOOT / 2)
