"""One PDF file: A4 pages with margins, and what stands at the foot of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, PageTemplate

from shop.lib.pdf.letters import BASE, WEIGHTS, font
from shop.lib.pdf.words import QUIET, Look, Words

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN, FOOT = 18 * mm, 6 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
"""What is between the margins, in points."""
FOOT_LINE = Look(size=8, leading=10, colour=QUIET)
PAGE_NUMBER = replace(FOOT_LINE, is_right=True)


def as_pdf(title: str, author: str, foot: str, story: Sequence[Flowable]) -> bytes:
    """The file; the same blocks give the same bytes. `foot` stands below each page, with its number."""
    file = BytesIO()
    room = Frame(MARGIN, MARGIN + FOOT, WIDTH, PAGE_HEIGHT - 2 * MARGIN - FOOT, 0, 0, 0, 0)
    papers = BaseDocTemplate(
        file, pagesize=A4, title=title, author=author, lang="en", invariant=1,
        initialFontName=font(f"{BASE}-{WEIGHTS[0]}").fontName, pageTemplates=[PageTemplate(frames=[room])],
    )  # fmt: skip
    papers.build(list(story), canvasmaker=lambda *args, **kwargs: _Numbered(foot, *args, **kwargs))
    return file.getvalue()


class NextPaper(ActionFlowable):
    """Ends a paper: what follows is another one in the same file, with pages of its own."""

    def apply(self, doc: BaseDocTemplate) -> None:
        doc.handle_pageBreak()
        doc.canv.begin_paper()


class _Numbered(Canvas):
    """A canvas that keeps its pages until it knows how many there are."""

    def __init__(self, foot: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._foot = foot
        self._papers: list[list[dict[str, Any]]] = [[]]

    def begin_paper(self) -> None:
        """Count the pages from this one on by themselves."""
        self._papers.append([])

    def showPage(self) -> None:
        self._papers[-1].append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for paper in self._papers:
            for number, page in enumerate(paper, start=1):
                self.__dict__.update(page)
                self._draw_foot(f"Page {number} of {len(paper)}")
                super().showPage()
        super().save()

    def _draw_foot(self, number: str) -> None:
        foot, page = Words(self._foot, FOOT_LINE), Words(number, PAGE_NUMBER)
        for words, x, width in ((foot, 0, WIDTH * 0.85), (page, WIDTH * 0.85, WIDTH * 0.15)):
            _, height = words.wrapOn(self, width, FOOT)
            words.drawOn(self, MARGIN + x, MARGIN + FOOT / 2 - height)
