"""How to measure, in words; the letters are those of the drawings in static/measuring.svg."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shop.catalog.models.lookups import Garment
from shop.catalog.size_guide.tables import Part, SizeTable

LETTERS: Mapping[str, Mapping[str, str]] = {
    Garment.UPPER: {"chest": "A", "length": "B", "shoulder": "C", "sleeve": "D"},
    Garment.DRESS: {"chest": "A", "length": "B", "waist": "C", "shoulder": "D"},
    Garment.LOWER: {"waist": "A", "hip": "B", "inseam": "C"},
    Garment.FOOTWEAR: {"length": "A"},
}
ON_A_PERSON = {
    "chest": "Around the fullest part, tape level, arms down.",
    "waist": "Around the narrowest part; for trousers where you wear the waistband.",
    "hip": "Around the fullest part, feet together.",
    "height": "Without shoes, heels to the wall.",
    "foot": "From the heel to the longest toe, standing.",
}
ON_A_GARMENT = {
    "chest": "From armpit to armpit, doubled.",
    "waist": "Along the waistband, doubled.",
    "hip": "At the widest part below the waistband, doubled.",
    "length": "From the highest point of the shoulder straight down to the hem.",
    "shoulder": "From one shoulder seam to the other.",
    "sleeve": "From the shoulder seam to the end of the sleeve.",
    "inseam": "From the crotch along the inner seam to the hem.",
}
SOLE = {"length": "Along the insole, from heel to toe."}


@dataclass(frozen=True)
class HowTo:
    """How one measurement is taken; `letter` is its line in the drawing, if it has one."""

    name: str
    words: str
    letter: str = ""


@dataclass(frozen=True)
class Measuring:
    """How everything in a size table is measured; `drawing` is there where one shows the garment laid flat."""

    drawing: str | None
    body: list[HowTo]
    garment: list[HowTo]


def measuring(garment: str, table: SizeTable) -> Measuring:
    """What to say of the columns of this table; a column nobody can explain in general is left to the table's note."""
    letters = LETTERS.get(garment, {})
    words = SOLE if garment == Garment.FOOTWEAR else ON_A_GARMENT
    flat = _explained(table, Part.GARMENT, words, letters)
    is_drawn = any(one.letter for one in flat)
    return Measuring(garment if is_drawn else None, _explained(table, Part.BODY, ON_A_PERSON, {}), flat)


def _explained(table: SizeTable, part: Part, words: Mapping[str, str], letters: Mapping[str, str]) -> list[HowTo]:
    names = table.columns_of(part).values()
    return [HowTo(n, words[n.casefold()], letters.get(n.casefold(), "")) for n in names if n.casefold() in words]
