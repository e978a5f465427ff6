"""Makes the fonts of the shop's PDFs smaller: every character stays, hints and layout tables go."""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

INTO = Path(__file__).parents[2] / "shop/lib/pdf/fonts"
WEIGHTS = ("Regular", "Bold")
SIGNS = "₹৳"


def main(folder: Path) -> None:
    """Write both weights; ends with a message where one has no sign for an amount."""
    for weight in WEIGHTS:
        name = f"HindSiliguri-{weight}.ttf"
        font = TTFont(folder / name)
        if missing := [sign for sign in SIGNS if ord(sign) not in font.getBestCmap()]:
            sys.exit(f"{name} has no {' '.join(missing)}.")
        make_small(font)
        font.save(INTO / name)
        print(f"{name}: {(INTO / name).stat().st_size:,} bytes")


def make_small(font: TTFont) -> None:
    """Keep what is drawn for single characters: reportlab uses neither hints nor layout."""
    options = Options(layout_features=[], hinting=False, name_IDs=["*"], recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
