"""Words as they are compared: folded in Python, so that both databases compare equal strings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from shop.catalog.search.scripts import latin

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
PART = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['’]s\b")
SMALL = frozenset(("a", "an", "and", "color", "colour", "for", "from", "in", "of", "on", "size", "the", "to", "with"))
MOST_WORDS = 12
LONGEST_WORD = 40
LONGEST_QUERY = 400
MOST_FOLDED = 16_384


@lru_cache(maxsize=MOST_FOLDED)
def fold(word: str) -> str:
    """A word as it is compared: small letters, no accents, singular."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if len(plain) > 3 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    if len(plain) > 4 and plain.endswith(("sses", "shes", "ches", "xes")):
        return plain[:-2]
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us")) else plain


def indexed_words(phrase: str) -> str:
    """The words of a text for the index; "T-shirt" is found as "t shirt" and as "tshirt"."""
    found: list[str] = []
    for match in WORD.findall(POSSESSIVE.sub("", latin(phrase))):
        parts = match.split("-")
        found += [fold(part[:LONGEST_WORD]) for part in parts]
        found += [fold("".join(parts)[:LONGEST_WORD])] if len(parts) > 1 else []
    return " ".join(found)


def asked_words(query: str) -> list[str]:
    """The words of a query, each once, in order: no marks, and no small words like "for" where others stand."""
    text = POSSESSIVE.sub("", latin(query[:LONGEST_QUERY]))
    found = [fold(part[:LONGEST_WORD]) for part in PART.findall(text)]
    words = list(dict.fromkeys(word for word in found if word))
    return ([word for word in words if word not in SMALL] or words)[:MOST_WORDS]
