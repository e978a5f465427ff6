"""The words there are: what a slip was meant to be.

The table is told every new word with the product that brings it; how many products have a word is counted anew by
the clock. Words of descriptions alone are not in it: they are found, but nobody is led to them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product, takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import delete, insert, select, text

from shop.catalog.models import SearchWord
from shop.catalog.search import synonyms
from shop.catalog.search.engines import is_postgresql
from shop.catalog.search.synonyms import Phrase
from shop.extensions import db
from shop.lib import stamp
from shop.lib.kept import kept_by_stamp

MOST_KNOWN = 50_000
MOST_NEAR = 4
MOST_TRIES = 4
CHUNK = 500
# A slip in the first letter is rare.
FIRST_LETTER = 0.6
SHORTEST, SHORT, LONG = 3, 4, 7
LAST = "\U0010ffff"
LEARN = "INSERT INTO search_word (word, products) VALUES (:word, 1) ON CONFLICT (word) DO NOTHING"
SQLITE_WORDS = "SELECT term, max(doc) FROM product_search_words WHERE col <> 'rest' GROUP BY term"
POSTGRESQL_WORDS = "SELECT word, ndoc FROM ts_stat('SELECT document FROM product_search', 'abc')"


@dataclass(frozen=True)
class Vocabulary:
    """The number of products by word, the most common first."""

    products: dict[str, int]

    def knows(self, word: str) -> bool:
        return word in self.products or not word.isalpha()

    def begins(self, word: str) -> bool:
        """Whether there is a word that begins like this."""
        return any(known.startswith(word) for known in self.products)

    def further(self, word: str) -> str:
        """A beginning, taken as far as all words that begin so go on alike: "plat" is "platform" where no other is."""
        start, end = bisect_left(self._in_order, word), bisect_left(self._in_order, word + LAST)
        if start == end:
            return word
        pairs = zip(self._in_order[start], self._in_order[end - 1], strict=False)
        return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.products)

    def near(self, word: str) -> list[str]:
        """What a word may have been meant to be: few slips, the same first letter and common words first."""
        most = slips_allowed(word)
        found = process.extract(word, list(self.products), scorer=OSA.distance, score_cutoff=most, limit=None)
        weighed = sorted((slips + FIRST_LETTER * (near[0] != word[0]), place, near) for near, slips, place in found)
        return [near for cost, _, near in weighed if cost <= most][:MOST_NEAR]

    def halves(self, word: str) -> list[Phrase]:
        """The two words that were written as one."""
        cuts = range(2, len(word) - 1)
        return [(word[:cut], word[cut:]) for cut in cuts if {word[:cut], word[cut:]} <= self.products.keys()]


def slips_allowed(word: str) -> int:
    """How many slips a word may have: a short one is near to too many others."""
    if not word.isalpha() or len(word) < SHORTEST:
        return 0
    return 1 if len(word) <= SHORT else 2 if len(word) <= LONG else 3


@kept_by_stamp(most=1)
def known() -> Vocabulary:
    """The words of products and of the owner's synonyms, the most common first."""
    words = select(SearchWord.word, SearchWord.products).order_by(SearchWord.products.desc(), SearchWord.word)
    counted = {row.word: row.products for row in db.session.execute(words.limit(MOST_KNOWN))}
    meant = {word: 0 for phrase in synonyms.known() for word in phrase if word not in counted}
    return Vocabulary(counted | meant)


def corrections(words: Sequence[str]) -> Iterator[Phrase]:
    """What words that found nothing may have been meant to be, the likeliest first and a few at most."""
    yield from islice(_corrections(tuple(words)), MOST_TRIES)


def _corrections(words: Phrase) -> Iterator[Phrase]:
    for place in range(len(words) - 1):
        if (joined := words[place] + words[place + 1]) in known().products:
            yield (*words[:place], joined, *words[place + 2 :])
    choices = [_meant(word, is_last=place == len(words) - 1) for place, word in enumerate(words)]
    # The first choice of every word is tried first, then those that differ least from it.
    several = sorted(product(*(enumerate(choice) for choice in choices)), key=lambda one: sum(at for at, _ in one))
    for one in islice(several, MOST_TRIES):
        made = tuple(part for _, phrase in one for part in phrase)
        if made != words:
            yield made


def _meant(word: str, *, is_last: bool) -> list[Phrase]:
    """A known word as it is; of an unknown one what it was meant to be, or itself where nothing is near."""
    there = known()
    if there.knows(word) or (is_last and there.begins(word)):
        return [(word,)]
    return [*((near,) for near in there.near(word)), *there.halves(word)] or [(word,)]


def learn(texts: Iterable[str]) -> None:
    """Take in the words of products that nobody knew yet."""
    words = sorted({word for words in texts for word in words.split()})
    for first in range(0, len(words), CHUNK):
        chunk = words[first : first + CHUNK]
        there = set(db.session.scalars(select(SearchWord.word).where(SearchWord.word.in_(chunk))))
        if new := [{"word": word} for word in chunk if word not in there]:
            db.session.execute(text(LEARN), new)


def count_again() -> None:
    """Write how many products have each word, from the index; words that no product has any more go."""
    found = db.session.execute(text(POSTGRESQL_WORDS if is_postgresql() else SQLITE_WORDS))
    counted = {word: number for word, number in found if len(word) <= SearchWord.word.type.length}
    before = dict(db.session.execute(select(SearchWord.word, SearchWord.products)).all())
    if counted == before:
        return
    db.session.execute(delete(SearchWord))
    db.session.execute(insert(SearchWord), [{"word": word, "products": counted[word]} for word in sorted(counted)])
    stamp.touch()
