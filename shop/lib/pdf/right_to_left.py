"""Urdu and Arabic stand from right to left, and what is Latin between them from left to right."""

from __future__ import annotations

import re

from bidi import get_base_level, get_display

from shop.lib.pdf.letters import ARABIC, JOINERS

RUN = re.compile(f"[{ARABIC}][{ARABIC}{JOINERS}]*")
OPENING, CLOSING = "([{«", ")]}»"
TURNED = str.maketrans(OPENING + CLOSING, CLOSING + OPENING)


def as_seen(line: str, text: str) -> str:
    """Runs of a line of `text` in the order they are seen from the left (Unicode Annex 9), each as it is typed."""
    if not RUN.search(line):
        return line
    seen = get_display(line, base_dir="RL"[get_base_level(text) == 0])
    return RUN.sub(lambda run: run[0][::-1], _facing(seen))


def _facing(seen: str) -> str:
    """Brackets around words that were turned round face each other again."""
    signs = list(seen)
    open_ones: list[int] = []
    for place, sign in enumerate(signs):
        if sign not in OPENING + CLOSING:
            continue
        if open_ones and (signs[open_ones[-1]] in OPENING) != (sign in OPENING):
            before = open_ones.pop()
            if sign in OPENING:
                signs[before], signs[place] = signs[before].translate(TURNED), sign.translate(TURNED)
        else:
            open_ones.append(place)
    return "".join(signs)
