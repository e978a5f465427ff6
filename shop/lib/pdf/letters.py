"""The letters of papers: names and addresses come in the script of whoever typed them.

Each script has its own font, read when a word first needs it; the base font has Latin, Bengali and signs of amounts.
What no font has is written in Latin letters, and pictures (emoji) are left out, so a courier never meets an empty box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Lock
from unicodedata import category, normalize

from anyascii import anyascii
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).parent / "fonts"
WEIGHTS = ("Regular", "Bold")
BASE = "HindSiliguri"
ARABIC = "\u0610-\u065f\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f"
"""Letters and marks that are written from right to left; its commas and digits are set as Latin ones."""
SCRIPTS = {
    "Hind": "\u0900-\u0963\u0966-\u097f",
    "NotoSansGurmukhi": "\u0a00-\u0a7f",
    "NotoSansGujarati": "\u0a80-\u0aff",
    "NotoSansOriya": "\u0b00-\u0b7f",
    "NotoSansTamil": "\u0b80-\u0bff",
    "NotoSansTelugu": "\u0c00-\u0c7f",
    "NotoSansKannada": "\u0c80-\u0cff",
    "NotoSansMalayalam": "\u0d00-\u0d7f",
    "NotoSansArabic": ARABIC,
}
"""Which letters each family beside the base has."""
BENGALI = "\u0980-\u09e3"
"""Of the base font, the letters that join and change places with their neighbours; the taka sign is none of them."""
JOINERS = "\u200c\u200d"
"""Signs nobody sees that say how the letters beside them join."""
_ALL = BENGALI + "".join(SCRIPTS.values())
_RUNS = re.compile(
    "|".join([*(f"(?P<{family}>[{letters}][{letters}{JOINERS}]*)" for family, letters in SCRIPTS.items()),
              f"[{BENGALI}][{BENGALI}{JOINERS}]*", f"[^{_ALL}]+"])
)  # fmt: skip
_JOINED = re.compile(f"[{_ALL}]")
_READING = Lock()


def written(text: str) -> str:
    """The text in letters that have a glyph: others in Latin ("王伟" is "WangWei"), and no emoji."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign if _has_glyph(sign) else _in_latin(sign) for sign in normalize("NFC", text))


def runs(text: str, size: float, *, is_bold: bool) -> Iterator[Run]:
    """The text in order, cut where its font changes; text is what `written` gave, size in points."""
    for found in _RUNS.finditer(text):
        yield Run(found[0], font(f"{found.lastgroup or BASE}-{WEIGHTS[is_bold]}"), size)


class Run:
    """Letters of one font, put together by its own rules; width in points."""

    def __init__(self, text: str, font: TTFont, size: float) -> None:
        self.text, self.font, self.size = text, font, size
        self.glyphs = text
        if _JOINED.match(text):
            self.glyphs = shapeStr(text, font.fontName, size, force=True)

    @property
    def width(self) -> float:
        if isinstance(self.glyphs, ShapedStr):
            return sum(glyph.x_advance for glyph in self.glyphs.__shapeData__) * self.size / 1000
        return self.font.stringWidth(self.text, self.size)

    def draw(self, canvas: Canvas, x: float, y: float, colour: Color) -> None:
        """Set it down; glyphs tell no letters, so those stand beside them to be found, copied and read aloud."""
        canvas.setFillColor(colour)
        canvas.setFont(self.font.fontName, self.size)
        if self.glyphs is self.text:
            canvas.drawString(x, y, self.text)
            return
        canvas.addLiteral(f"/Span <</ActualText <feff{self.text.encode('utf-16-be').hex()}>>> BDC")
        canvas.drawString(x, y, self.glyphs)
        canvas.addLiteral("EMC")


@cache
def font(name: str) -> TTFont:
    """Read a font once in a process."""
    with _READING:
        if name not in pdfmetrics.getRegisteredFontNames():
            found = TTFont(name, str(FONTS / f"{name}.ttf"))
            _number_glyphs(found)
            pdfmetrics.registerFont(found)
        return pdfmetrics.getFont(name)


def _number_glyphs(font: TTFont) -> None:
    """Give glyphs without a character a private one, in the font's order: a paper has the same bytes in every process,
    whatever names were set before it."""
    shaper = font.hbFont()
    for glyph in range(font.hbFace.glyph_count):
        if glyph not in font.face.glyphToChar:
            font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, shaper.get_glyph_h_advance(glyph))


def _has_glyph(sign: str) -> bool:
    run = _RUNS.fullmatch(sign)
    family = (run and run.lastgroup) or BASE
    return category(sign) != "Co" and ord(sign) in font(f"{family}-{WEIGHTS[0]}").face.charToGlyph


def _in_latin(sign: str) -> str:
    latin = anyascii(sign)
    return "" if latin.startswith(":") else latin if latin.isprintable() else " "
