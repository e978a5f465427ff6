"""Writes index.json, which tells the demo catalogue what pictures there are."""

import json
from pathlib import Path

from tools.garments.catalogue import FABRICS, VARIATIONS, WIDTHS, Fabric
from tools.garments.palette import PALETTE

OUT = Path(__file__).resolve().parents[2] / "static" / "garments"


def macro_path(fabric: Fabric) -> str:
    """Where a fabric's close-up lies, relative to static/garments."""
    return f"fabrics/{fabric.slug}-{fabric.macro_dye}-480.webp"


def contents() -> dict[str, object]:
    """Everything index.json says."""
    return {
        "made_by": "python -m tools.garments bake; edit tools/garments/catalogue.py, not this file",
        "widths": list(WIDTHS),
        "ratio": "4:5",
        "palette": [dye._asdict() for dye in PALETTE],
        "fabrics": [{"slug": f.slug, "name": f.name, "note": f.note, "macro": macro_path(f)} for f in FABRICS],
        "variations": [v._asdict() for v in VARIATIONS],
    }


def write_index(out: Path = OUT) -> None:
    """Write index.json into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.json").write_text(json.dumps(contents(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
