"""Makes the fonts of the shop's PDFs smaller: what papers need stays, with how letters join; hints go."""

from __future__ import annotations

import sys
from collections.abc import Container
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

INTO = Path(__file__).parents[2] / "shop/lib/pdf/fonts"
WEIGHTS = ("Regular", "Bold")
# Of each family: the characters that stay, and those it must have.
FAMILIES: dict[str, tuple[Container[int], str]] = {
    "HindSiliguri": (range(sys.maxunicode), "₹৳অ"),
    "Hind": ({*range(0x20, 0x7F), *range(0x0900, 0x0980), 0x200C, 0x200D, 0x25CC}, "अ,"),
}


def main(folder: Path) -> None:
    """Write both weights of both families; ends with a message where one lacks a character."""
    for family, (kept, needed) in FAMILIES.items():
        for weight in WEIGHTS:
            name = f"{family}-{weight}.ttf"
            font = TTFont(folder / name)
            if missing := [sign for sign in needed if ord(sign) not in font.getBestCmap()]:
                sys.exit(f"{name} has no {' '.join(missing)}.")
            make_small(font, kept)
            font.save(INTO / name)
            print(f"{name}: {(INTO / name).stat().st_size:,} bytes")


def make_small(font: TTFont, kept: Container[int]) -> None:
    """Keep these characters, how they join, and the box that stands for any other."""
    options = Options(layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=["*"], recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if code in kept])
    subsetter.subset(font)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
