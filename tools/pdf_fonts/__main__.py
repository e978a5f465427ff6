"""Makes the fonts of the shop's PDFs smaller: what papers need stays, with how letters join; hints go."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from shop.lib.pdf.letters import BASE, FONTS, JOINERS, SCRIPTS, WEIGHTS

LONELY = "\u25cc"
"""The dotted ring under a vowel sign whose letter is missing."""
NEEDED = {BASE: "₹৳অ"}


def main(folder: Path) -> None:
    """Write both weights of each family; ends with a message where one lacks a character."""
    for family in (BASE, *SCRIPTS):
        for weight in WEIGHTS:
            name = f"{family}-{weight}.ttf"
            font = TTFont(folder / name)
            signs = [chr(code) for code in font.getBestCmap()]
            if missing := [sign for sign in NEEDED.get(family, "") if sign not in signs]:
                sys.exit(f"{name} has no {' '.join(missing)}.")
            make_small(font, [sign for sign in signs if _stays(sign, family)])
            font.save(FONTS / name)
            print(f"{name}: {(FONTS / name).stat().st_size:,} bytes")


def make_small(font: TTFont, kept: list[str]) -> None:
    """Keep these characters, and how they join."""
    options = Options(hinting=False, notdef_outline=True, name_IDs=["*"], recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(kept))
    subsetter.subset(font)


def _stays(sign: str, family: str) -> bool:
    return family == BASE or bool(re.match(f"[{SCRIPTS[family]}{JOINERS}{LONELY}]", sign))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
