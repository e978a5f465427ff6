"""Reads what the demo shop is made of."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from shop.config import ROOT

Row = dict[str, Any]
DATA = Path(__file__).parent / "data"
DEPARTMENTS = ("men", "women", "kids")


@cache
def read(name: str) -> Any:
    """One of the data files, by its name without the ending."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@cache
def styles() -> list[Row]:
    """Every style, department by department."""
    return [style for name in DEPARTMENTS for style in read(f"styles/{name}")]


@cache
def garments() -> dict[str, Any]:
    """What the picture renderer baked: palette, fabrics and variations."""
    index: dict[str, Any] = json.loads((ROOT / "static" / "garments" / "index.json").read_text(encoding="utf-8"))
    return index


@cache
def fabric_of(variation: str) -> Row:
    """The fabric a garment variation is made of."""
    slug = next(entry["fabric"] for entry in garments()["variations"] if entry["slug"] == variation)
    fabric: Row = next(entry for entry in garments()["fabrics"] if entry["slug"] == slug)
    return fabric
