"""One PDF file: A4 pages with margins, what stands at the foot of each, and the fonts they are set in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "Hind Siliguri", "Hind Siliguri Bold"
INK, QUIET, LINE = HexColor("#1d1b19"), HexColor("#6a645d"), HexColor("#d9d4cd")
PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN, FOOT = 18 * mm, 6 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
"""What is between the margins, in points."""


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


@cache
def set_up_fonts() -> None:
    """Read the fonts once in a process."""
    for name, weight in ((REGULAR, "Regular"), (BOLD, "Bold")):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"HindSiliguri-{weight}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


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
        self.setFont(REGULAR, 8)
        self.setFillColor(QUIET)
        self.drawString(MARGIN, MARGIN - 2 * mm, self._foot)
        self.drawRightString(PAGE_WIDTH - MARGIN, MARGIN - 2 * mm, f"Page {self._pageNumber} of {pages}")
