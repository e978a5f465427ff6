"""How a comparison of sizes is said and drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shop.catalog.size_guide.comparing import Comparison, Difference, Feel
from shop.catalog.size_guide.lengths import Unit, inches

LONG = re.compile(r"\b(length|sleeve|inseam|outseam|rise|height)\b", re.IGNORECASE)
FEELS = {Feel.SNUG: "Snugger than yours", Feel.TRUE: "Fits like yours", Feel.ROOMY: "Roomier than yours"}
TENTH = Decimal("0.1")
REACH = 10
"""Centimetres to either side that a drawing shows."""


@dataclass(frozen=True)
class Bar:
    """A difference as it is drawn: from where, and how far, in centimetres."""

    start: float
    width: float


@dataclass(frozen=True)
class FitWords:
    """Words in the unit somebody measures in."""

    unit: str

    def length(self, centimetres: Decimal) -> str:
        """106 cm, or 41¾ in."""
        return f"{self._number(centimetres)} {self.unit}"

    def difference(self, one: Difference) -> str:
        """+2 cm, wider."""
        if self._number(one.by) == "0":
            return "the same"
        sign = "+" if one.by > 0 else "−"
        return f"{sign}{self.length(abs(one.by))}, {self._side(one)}"

    def feel(self, one: Comparison) -> str:
        return FEELS[one.feel] if one.telling else "The same in every size"

    def bar(self, one: Difference) -> Bar:
        """The difference from nothing in the middle to as far as the drawing reaches."""
        by = max(-REACH, min(REACH, float(one.by)))
        return Bar(min(by, 0), abs(by))

    def _side(self, one: Difference) -> str:
        if one.is_small:
            return "about the same"
        larger, smaller = ("longer", "shorter") if LONG.search(one.measure.name) else ("wider", "narrower")
        return larger if one.by > 0 else smaller

    def _number(self, centimetres: Decimal) -> str:
        if self.unit == Unit.INCH:
            return inches(centimetres)
        return f"{abs(centimetres).quantize(TENTH).normalize():f}"
