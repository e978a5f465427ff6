"""Lookups: the words for states and ways to pay (API-05).

Codes and ids come from the code; the owner changes words and order, which are rows. A lookup the owner never touched
has no row; the first change writes all of its rows, so that the database keeps names and places unique.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import select

from shop.lib.errors import NotFound
from shop.lib.queries import rows
from shop.lib.unit_of_work import once_a_unit, read_anew
from shop.store.models import LookupLabel

FIRST_ADDED = 1000


@dataclass(frozen=True)
class BuiltIn:
    """A code's own label; `also` is what else the source documents call it. The number never changes."""

    number: int
    code: str
    label: str
    also: tuple[str, ...] = ()


def nothing_yet(_code: str) -> bool:
    """Where no rows have these states, none is in use."""
    return False


@dataclass(frozen=True)
class Lookup:
    """What one lookup holds before the owner changes it.

    `field` is what its rows call their label; `is_used` says whether anything is in a code's state;
    `offered` names the codes this shop has, where it does not have all.
    """

    name: str
    field: str
    built_in: tuple[BuiltIn, ...]
    is_used: Callable[[str], bool] = nothing_yet
    offered: Callable[[], Collection[str]] | None = None

    def code_called(self, word: str) -> str | None:
        """The code that is or goes by this word, without regard to case."""
        said = word.strip().casefold()
        return next((one.code for one in self.built_in if said in {one.code, *one.also}), None)


@dataclass(frozen=True)
class Label:
    """One row of a lookup. `idx` is its place in lists."""

    id: int
    idx: int
    label: str
    code: str

    @property
    def built_in(self) -> bool:
        return self.id < FIRST_ADDED


def labels_of(lookup: Lookup) -> list[Label]:
    """The rows of a lookup in the owner's order; one statement a request for all lookups."""
    found = list(_stored(lookup))
    kept = {one.id for one in found}
    for built_in in lookup.built_in:
        if built_in.number not in kept:
            found.append(_fresh(built_in, found))
    here = lookup.offered() if lookup.offered else {one.code for one in found}
    return sorted((one for one in found if one.code in here), key=lambda one: one.idx)


def called(lookup: Lookup, word: str | None) -> list[Label]:
    """The rows with this label, without regard to case, or that the source documents call so; all without a word."""
    found = labels_of(lookup)
    if word is None:
        return found
    said = word.strip().casefold()
    others = {one.code for one in lookup.built_in if said in one.also}
    return [one for one in found if one.label.casefold() == said or one.code in others]


def label_at(lookup: Lookup, number: int) -> Label:
    """The row with an id, or NotFound."""
    found = next((one for one in labels_of(lookup) if one.id == number), None)
    if found is None:
        raise NotFound
    return found


def in_force(lookup: Lookup, code: str) -> Label | None:
    """The newest label of a code: what apps are told it is called."""
    return max((one for one in labels_of(lookup) if one.code == code), key=lambda one: one.id, default=None)


def code_at(lookup: Lookup, said: str) -> str | None:
    """The code that an id or a word stands for; None where there is no such row."""
    by_id = {str(label.id): label.code for label in labels_of(lookup)}
    return by_id.get(said) or lookup.code_called(said)


def shown(lookup: Lookup, code: str, otherwise: str) -> str:
    """What a page calls a code: the owner's word if they chose one, else the page's own."""
    newest = max((one for one in _stored(lookup) if one.code == code), key=lambda one: one.id, default=None)
    is_own = newest and (newest.id, newest.label) not in {(one.number, one.label) for one in lookup.built_in}
    return newest.label if newest and is_own else otherwise


def own_words(lookup: Lookup) -> dict[str, str]:
    """What the owner calls codes otherwise than the shop does, by code."""
    built_in = {one.code: one.label for one in lookup.built_in}
    words = {code: shown(lookup, code, label) for code, label in built_in.items()}
    return {code: word for code, word in words.items() if word != built_in[code]}


def forget_read() -> None:
    """Read the rows anew when they are next asked for."""
    read_anew("lookup_labels")


def _stored(lookup: Lookup) -> Collection[Label]:
    return once_a_unit("lookup_labels", _read).get(lookup.name, [])


def _read() -> dict[str, list[Label]]:
    found: dict[str, list[Label]] = {}
    for row in rows(select(LookupLabel).order_by(LookupLabel.lookup, LookupLabel.number)):
        found.setdefault(row.lookup, []).append(Label(row.number, row.idx, row.label, row.code))
    return found


def _fresh(built_in: BuiltIn, others: Collection[Label]) -> Label:
    """A built-in row nobody changed yet, beside what the owner has: neither its place nor its name may be taken."""
    places, names = {one.idx for one in others}, {one.label.casefold() for one in others}
    idx = max(places) + 1 if built_in.number in places else built_in.number
    name = f"{built_in.label} ({built_in.code})" if built_in.label.casefold() in names else built_in.label
    return Label(built_in.number, idx, name, built_in.code)
