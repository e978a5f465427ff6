"""Areas written as postal codes: one code, all that begin alike (5600*), or all from one to another (560001-560103)."""

from __future__ import annotations

import re
from collections.abc import Collection

from shop.store.countries import country

BETWEEN = re.compile(r"[\s,;]+")
AROUND_DASH = re.compile(r"\s*[-–]\s*")
BEGINNING = re.compile(r"[0-9]{1,9}\*")
MOST, LONGEST = 500, 6000


def areas_of(text: str) -> tuple[str, ...]:
    """The areas of what a person typed, each once, in order; a ValueError says what is wrong with one."""
    written = [part for part in BETWEEN.split(AROUND_DASH.sub("-", text)) if part]
    if len(written) > MOST:
        raise ValueError(f"Enter at most {MOST} codes and ranges.")
    if wrong := next((area for area in written if not is_area(area)), None):
        example = country().postal.example
        raise ValueError(f"{wrong[:20]} is none: write {example}, {example[:-2]}* or {example}-{example[:-1]}9.")
    return tuple(sorted(set(written)))


def is_area(text: str) -> bool:
    """Whether this is an area of the store's country."""
    postal = country().postal
    if BEGINNING.fullmatch(text):
        return len(text) <= len(postal.example)
    first, dash, last = text.partition("-")
    return postal.fits(first) and (not dash or (postal.fits(last) and first <= last))


def is_within(code: str, areas: Collection[str]) -> bool:
    """Whether a postal code lies in one of these areas."""
    return bool(code) and any(_lies_in(code, area) for area in areas)


def _lies_in(code: str, area: str) -> bool:
    if area.endswith("*"):
        return code.startswith(area[:-1])
    first, _, last = area.partition("-")
    return len(code) == len(first) and first <= code <= (last or first)
