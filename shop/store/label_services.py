"""Changes of lookups: what the owner calls a state or a way to pay, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from shop.extensions import db
from shop.lib.queries import one_or_404
from shop.store.errors import AlreadyThere, LabelNeeded, UnknownCode
from shop.store.labels import FIRST_ADDED, Label, Lookup, forget_read, in_force, label_at, labels_of
from shop.store.models import LookupLabel


def change_label(lookup: Lookup, number: int, *, label: str | None = None, idx: int | None = None) -> Label:
    """Call a row something else, or move it. Raises AlreadyThere, NotFound."""
    before = label_at(lookup, number)
    _refuse_taken(lookup, label, idx, besides=number)
    with _written(lookup):
        row = one_or_404(_row(lookup, number))
        row.label, row.folded = label or before.label, (label or before.label).casefold()
        row.idx = before.idx if idx is None else idx
    return label_at(lookup, number)


def add_label(lookup: Lookup, word: str, label: str, idx: int | None = None) -> Label:
    """A further label for a known code; being the newest, it is shown from now on. Raises AlreadyThere, UnknownCode."""
    code = lookup.code_called(word)
    if code is None:
        raise UnknownCode(f"Choose one of the shop's codes: {', '.join(one.code for one in lookup.built_in)}.")
    _refuse_taken(lookup, label, idx)
    found = labels_of(lookup)
    number = max(FIRST_ADDED, *(one.id + 1 for one in found))
    place = max(one.idx for one in found) + 1 if idx is None else idx
    with _written(lookup):
        db.session.add(_made(lookup, Label(number, place, label, code)))
    return label_at(lookup, number)


def remove_label(lookup: Lookup, number: int) -> None:
    """Take away a label the owner added. Raises LabelNeeded, NotFound."""
    label = label_at(lookup, number)
    if label.built_in:
        raise LabelNeeded("This label is built in. Change its words instead.")
    if in_force(lookup, label.code) == label and lookup.is_used(label.code):
        raise LabelNeeded("This label is in use.")
    db.session.delete(one_or_404(_row(lookup, number)))
    db.session.flush()
    forget_read()


def call(lookup: Lookup, code: str, word: str) -> None:
    """Let a code be called so; an empty word gives it back the shop's own. Raises AlreadyThere."""
    if word:
        newest = max(one.id for one in labels_of(lookup) if one.code == code)
        change_label(lookup, newest, label=word)
        return
    own = next(one for one in lookup.built_in if one.code == code)
    for added in [one for one in labels_of(lookup) if one.code == code and not one.built_in]:
        db.session.delete(one_or_404(_row(lookup, added.id)))
    db.session.flush()
    forget_read()
    change_label(lookup, own.number, label=own.label)


@contextmanager
def _written(lookup: Lookup) -> Iterator[None]:
    """Write the whole lookup, then a change of it; the unique keys decide between two who change at once."""
    try:
        with db.session.begin_nested():
            kept = set(db.session.scalars(select(LookupLabel.number).where(LookupLabel.lookup == lookup.name)))
            db.session.add_all(_made(lookup, one) for one in labels_of(lookup) if one.id not in kept)
            db.session.flush()
            yield
    except IntegrityError as error:
        raise AlreadyThere("Someone changed this list a moment ago. Look again.") from error
    forget_read()


def _refuse_taken(lookup: Lookup, label: str | None, idx: int | None, *, besides: int = 0) -> None:
    others = [one for one in labels_of(lookup) if one.id != besides]
    if label is not None and label.casefold() in {one.label.casefold() for one in others}:
        raise AlreadyThere("Another row has this name.", field=lookup.field)
    if idx is not None and idx in {one.idx for one in others}:
        raise AlreadyThere("Another row has this place.", field="idx")


def _row(lookup: Lookup, number: int) -> Select[LookupLabel]:
    return select(LookupLabel).where(LookupLabel.lookup == lookup.name, LookupLabel.number == number)


def _made(lookup: Lookup, label: Label) -> LookupLabel:
    return LookupLabel(
        lookup=lookup.name,
        number=label.id,
        code=label.code,
        label=label.label,
        folded=label.label.casefold(),
        idx=label.idx,
    )
