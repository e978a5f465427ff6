"""The fonts of papers, and words set in them: names and addresses come in the letters of whoever typed them.

One family has Latin and Bengali, another Devanagari. What neither has, an emoji or Tamil, stands as an empty box.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "HindSiliguri-Regular", "HindSiliguri-Bold"
BESIDE = {REGULAR: "Hind-Regular", BOLD: "Hind-Bold"}
"""What Devanagari is set in beside each."""
DEVANAGARI = re.compile("[^ ]*[\u0900-\u097f][^ ]*")
"""Whole words: their letters are joined by the glyphs of one font, so a word has but one."""
SOFT_HYPHEN = "\u00ad"
"""Nobody sees it, and reportlab cannot break a word at it whose letters it has joined."""
# Letters that join and change places with their neighbours; the taka sign is none of them.
JOINED = re.compile("[\u0900-\u097f\u0980-\u09e3]")


def paragraph(markup: str, style: ParagraphStyle) -> Paragraph:
    """Set what `marked_up` made. A paragraph looks its font up as soon as it is made."""
    set_up_fonts()
    return Paragraph(markup, ParagraphStyle("joined", style, shaping=1) if JOINED.search(markup) else style)


def marked_up(text: str, style: ParagraphStyle) -> str:
    """Plain words as markup: what looks like markup is shown, and each word has a font that knows it."""
    shown = escape(text.replace(SOFT_HYPHEN, ""))
    return DEVANAGARI.sub(rf'<font name="{BESIDE[style.fontName]}">\g<0></font>', shown)


@cache
def set_up_fonts() -> None:
    """Read the fonts once in a process."""
    for name in (*BESIDE, *BESIDE.values()):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
