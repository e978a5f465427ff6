"""What the owner says means the same, as a search uses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shop.catalog.models import Synonym
from shop.catalog.search.words import asked_words
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

Phrase = tuple[str, ...]
LONGEST_PHRASE = 4


@dataclass(frozen=True)
class Group:
    """Words that were asked for together, and phrases that are as good."""

    words: Phrase
    others: tuple[Phrase, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return self.words, *self.others


def groups(words: Sequence[str]) -> list[Group]:
    """The words of a search in order; the longest phrase that has synonyms is taken together."""
    meanings, found, place = known(), [], 0
    while place < len(words):
        spans = (tuple(words[place : place + length]) for length in range(LONGEST_PHRASE, 0, -1))
        span = next((span for span in spans if span in meanings), (words[place],))
        found.append(Group(span, meanings.get(span, ())))
        place += len(span)
    return found


@kept_by_stamp(most=1)
def known() -> dict[Phrase, tuple[Phrase, ...]]:
    """By phrase, which others find what it means."""
    found: dict[Phrase, dict[Phrase, None]] = {}
    for words, means in db.session.execute(select(Synonym.words, Synonym.means).order_by(Synonym.id)):
        asked, meant = list(phrases(words)), list(phrases(means or words))
        for phrase in asked:
            found.setdefault(phrase, {}).update((other, None) for other in meant if other != phrase)
    return {phrase: tuple(others) for phrase, others in found.items() if others}


def phrases(text: str) -> Iterator[Phrase]:
    """The folded phrases of a list with commas, each once; what is too long to be asked for is left out."""
    made = dict.fromkeys(tuple(asked_words(part)) for part in text.split(","))
    return (phrase for phrase in made if 0 < len(phrase) <= LONGEST_PHRASE)
