"""Writes index.json, which tells the demo catalogue what pictures there are."""

import json
from pathlib import Path

from tools.garments.catalogue import CLOTHS, FABRICS, VARIATIONS, WIDTHS
from tools.garments.palette import PALETTE

OUT = Path(__file__).resolve().parents[2] / "static" / "garments"


def macro_path(fabric: str, colour: str) -> str:
    """Where the close-up of a dyed fabric lies, relative to static/garments."""
    return f"fabrics/{fabric}-{colour}-400.webp"


def contents() -> dict[str, object]:
    """Everything index.json says."""
    return {
        "made_by": "python -m tools.garments bake; edit tools/garments/catalogue.py, not this file",
        "widths": list(WIDTHS),
        "ratio": "4:5",
        "palette": [dye._asdict() for dye in PALETTE],
        "fabrics": [f._asdict() | {"macros": _macros(f.slug)} for f in FABRICS],
        "variations": [v._asdict() for v in VARIATIONS],
    }


def _macros(fabric: str) -> dict[str, str]:
    """A fabric's close-ups by colour."""
    return {colour: macro_path(slug, colour) for slug, colour in CLOTHS if slug == fabric}


def write_index(out: Path = OUT) -> None:
    """Write index.json into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.json").write_text(json.dumps(contents(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
