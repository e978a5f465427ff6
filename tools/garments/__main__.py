"""The command line: `python -m tools.garments bake [--only slug] [--view back] [--sheet out.png]`."""

import argparse
import os
from collections.abc import Sequence

from tools.garments.bake import bake_fabrics, bake_variations
from tools.garments.catalogue import BY_SLUG
from tools.garments.editorial import bake_editorial
from tools.garments.index import write_index
from tools.garments.sheet import sheet

VIEWS = ("front", "back")


def main() -> None:
    """Bake what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.garments")
    parser.add_argument("verb", choices=["bake"])
    parser.add_argument("--only", action="append", help="a variation, or `fabrics` or `editorial`; may be repeated")
    parser.add_argument("--view", choices=VIEWS, action="append", help="which side of garments; both without it")
    parser.add_argument("--sheet", help="write a contact sheet of what was baked")
    wanted = parser.parse_args()
    os.nice(10)
    write_index()
    bake(wanted.only or [*BY_SLUG, "fabrics", "editorial"], wanted.view or VIEWS, wanted.sheet)


def bake(names: list[str], views: Sequence[str] = VIEWS, sheet_path: str | None = None) -> None:
    """Bake variations, fabrics and editorial pictures by name."""
    slugs = [name for name in names if name in BY_SLUG]
    pictures = [one for view in views for one in bake_variations(slugs, from_behind=view == "back")]
    if "fabrics" in names:
        pictures.append(bake_fabrics())
    if "editorial" in names:
        bake_editorial()
    if sheet_path and pictures:
        every = [picture for colours in pictures for picture in colours.values()]
        sheet(every, columns=8, width=240).save(sheet_path)


if __name__ == "__main__":
    main()
