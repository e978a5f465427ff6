"""The owner's synonyms, as they are written down: kept, changed, taken away, brought as text.

A line of text is a set that means the same (`kurta, kurti, कुर्ता`), or words that also find something else and not
the other way round (`pants, trousers => jeans`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shop.catalog.models import Synonym
from shop.catalog.search.synonyms import phrases
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404, rows

ARROW = "=>"
LONGEST = 400
MOST_KEPT = 1000


class NotASynonym(ShopError):
    """One phrase alone means nothing else; nor do words without a letter."""

    field = "words"

    def __init__(self) -> None:
        super().__init__("Write at least two different words or phrases, with commas between them.")


class SynonymKnown(ShopError):
    """These words stand in another line already."""

    status, field = 409, "words"

    def __init__(self) -> None:
        super().__init__("There is a line for exactly these words already. Change that one.")


@dataclass(frozen=True)
class Line:
    """Phrases with commas between them; `means` is empty where they mean the same."""

    words: str
    means: str = ""


def line_of(words: str, means: str = "") -> Line:
    """A line as it is kept: one blank, each phrase once; NotASynonym where there is nothing to know."""
    line = Line(_tidy(words), _tidy(means))
    asked, meant = set(phrases(line.words)), set(phrases(line.means))
    if len(asked | meant) < 2 or not asked or (line.means and not meant) or max(map(len, (words, means))) > LONGEST:
        raise NotASynonym
    return line


def lines_of(text: str) -> Iterator[tuple[int, str, Line | None]]:
    """The lines of a text with their number, as they were written and as they would be kept, None where they cannot."""
    for number, written in enumerate(text.splitlines(), start=1):
        if not written.strip():
            continue
        words, _, means = written.partition(ARROW)
        try:
            yield number, written, line_of(words, means)
        except NotASynonym:
            yield number, written, None


def bring(lines: Sequence[Line]) -> int:
    """Keep lines that are not there yet and change those whose words are; how many were new or other than before."""
    kept = {synonym.words: synonym for synonym in rows(select(Synonym))}
    changed = 0
    for line in {line.words: line for line in lines}.values():
        there = kept.get(line.words)
        if there is not None and there.means == line.means:
            continue
        changed += 1
        if there is None:
            db.session.add(Synonym(words=line.words, means=line.means))
        else:
            there.means = line.means
    db.session.flush()
    return changed


def add_synonym(line: Line) -> Synonym:
    """Keep a line, or raise SynonymKnown."""
    _refuse_known(line)
    synonym = Synonym(words=line.words, means=line.means)
    db.session.add(synonym)
    db.session.flush()
    return synonym


def change_synonym(synonym_id: int, line: Line) -> Synonym:
    """Write a line anew, or raise SynonymKnown."""
    _refuse_known(line, but=synonym_id)
    synonym = synonym_at(synonym_id)
    synonym.words, synonym.means = line.words, line.means
    return synonym


def remove_synonym(synonym_id: int) -> None:
    """Take a line away."""
    db.session.delete(synonym_at(synonym_id))


def synonym_at(synonym_id: int) -> Synonym:
    """One line, or NotFound."""
    return one_or_404(select(Synonym).where(Synonym.id == synonym_id))


def kept_synonyms() -> list[Synonym]:
    """All lines in the order of their words."""
    return rows(select(Synonym).order_by(Synonym.words, Synonym.id))


def _refuse_known(line: Line, but: int = 0) -> None:
    same = select(Synonym.id).where(Synonym.words == line.words, Synonym.id != but)
    if db.session.scalar(same) is not None:
        raise SynonymKnown


def _tidy(text: str) -> str:
    parts = (" ".join(part.split()) for part in text.replace("\0", "").split(","))
    return ", ".join(dict.fromkeys(part for part in parts if part))
