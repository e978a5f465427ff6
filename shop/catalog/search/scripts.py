"""Indian scripts in Latin letters, so that कुर्ता and "kurta" are one word in the index and in a search.

Their blocks of Unicode follow one plan (ISCII): what stands at a place of one stands there in the others too.
"""

from __future__ import annotations

import re
import unicodedata

INDIAN = re.compile("[\u0900-\u0d7f]+")
PLACES = 0x7F
# Letter by letter in the order of their blocks, from the first place named.
VOWELS = dict(enumerate("a a i i u u ri li e e e ai o o o au".split(), 0x05))  # noqa: SIM905
CONSONANTS = dict(
    enumerate("k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h".split(), 0x15)  # noqa: SIM905
)
SIGNS = dict(enumerate("a i i u u ri ri e e e ai o o o au".split(), 0x3E))  # noqa: SIM905
WITH_DOT = {"j": "z", "d": "r", "dh": "rh", "ph": "f"}
NASAL, BREATH, DOT, SILENT = (0x01, 0x02), 0x03, 0x3C, 0x4D
FIRST_DIGIT, LAST_DIGIT = 0x66, 0x6F


def latin(text: str) -> str:
    """The text with its words in Indian scripts spelt in Latin letters, as people type them."""
    return INDIAN.sub(lambda found: _spelt(found[0]), text)


def _spelt(word: str) -> str:
    """A consonant carries an "a" until a sign says otherwise; at the end of a word nobody says it."""
    made: list[str] = []
    carries = False
    for place in (ord(char) & PLACES for char in unicodedata.normalize("NFD", word)):
        if place == DOT:
            made[-1:] = [WITH_DOT.get(letter, letter) for letter in made[-1:]]
            continue
        if carries and place not in SIGNS and place != SILENT:
            made.append("a")
        made.append(_letters(place))
        carries = place in CONSONANTS
    return "".join(made) + ("a" if carries and len(made) == 1 else "")


def _letters(place: int) -> str:
    if FIRST_DIGIT <= place <= LAST_DIGIT:
        return str(place - FIRST_DIGIT)
    if place in NASAL:
        return "n"
    return CONSONANTS.get(place) or VOWELS.get(place) or SIGNS.get(place) or ("h" if place == BREATH else "")
