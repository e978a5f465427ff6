"""What a search means: its words, what they were meant to be where they find nothing, or some of them."""

from __future__ import annotations

from dataclasses import dataclass

from shop.catalog.search import vocabulary
from shop.catalog.search.matching import ranked
from shop.catalog.search.synonyms import Phrase
from shop.catalog.search.words import asked_words


@dataclass(frozen=True)
class Searched:
    """The words that are searched with; `instead` says that others were asked for and found nothing."""

    words: Phrase
    instead: bool = False
    is_empty: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


def searched(query: str, *, as_typed: bool = False) -> Searched | None:
    """The words to search with, or None where a query has none.

    Words that find nothing are taken for what they may have been meant to be, unless they are wanted `as_typed`.
    """
    words = tuple(asked_words(query))
    if not words:
        return None
    if _is_found(words):
        return Searched(words)
    tries = [] if as_typed else vocabulary.corrections(words)
    meant = next((other for other in tries if _is_found(other)), None)
    return Searched(meant, instead=True) if meant else Searched(words, is_empty=True)


def searched_while_typing(query: str) -> Searched | None:
    """The same for a query whose last word may be unfinished, so that the letters of a word are searched with once.

    It is taken as far as all the words that begin so go on alike, and corrected only where nothing begins so.
    """
    words = tuple(asked_words(query))
    further = (*words[:-1], *(vocabulary.known().further(word) for word in words[-1:]))
    return Searched(further) if words and _is_found(further) else searched(query)


def _is_found(words: Phrase) -> bool:
    return bool(ranked(words, False).ids)
