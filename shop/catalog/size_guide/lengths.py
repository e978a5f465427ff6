"""Lengths as they are typed and said: centimetres, and inches to a quarter."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

INCH = Decimal("2.54")
"""Centimetres, exactly (international yard and pound agreement of 1959)."""
QUARTERS = ("", "¼", "½", "¾")
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


class Unit(StrEnum):
    """What somebody measures in."""

    CM = "cm"
    INCH = "in"


def length_of(text: str) -> Decimal | None:
    """The number a text is, with a point or a comma; None for anything else."""
    found = NUMBER.fullmatch(text.strip())
    return Decimal(found[0].replace(",", ".")) if found else None


def inches(centimetres: Decimal) -> str:
    """A length, of either sign, in inches to the nearest quarter, which tape measures show: 37¾. Halves go up."""
    quarters = int((abs(centimetres) * 4 / INCH).to_integral_value(ROUND_HALF_UP))
    whole, rest = divmod(quarters, 4)
    return f"{whole or ''}{QUARTERS[rest]}" or "0"


def text_in_inches(text: str) -> str:
    """A cell in which every length is said in inches: `96` is 37¾, `86–91` is 33¾–35¾."""
    return NUMBER.sub(lambda found: inches(Decimal(found[0].replace(",", "."))), text)
