"""Codes and what they are called: `status` is the code, `status_id` and `status_label` the owner's row for it."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from marshmallow import fields

from shop.store.labels import Label, Lookup, in_force


def code(attribute: str, of: str) -> fields.String:
    """The code itself; `of` is the lookup it is one of."""
    return fields.String(required=True, attribute=attribute, metadata={"description": f"A code of the {of}"})


def label_id(lookup: Lookup, attribute: str) -> fields.Function:
    """The id of the label that is in force for the code in this attribute."""
    return _told(lookup, attribute, lambda label: str(label.id))


def label(lookup: Lookup, attribute: str) -> fields.Function:
    """What the shop calls the code in this attribute."""
    return _told(lookup, attribute, lambda label: label.label)


def label_of(lookup: Lookup, code: str) -> str:
    """What the shop calls a code."""
    return _in_force(lookup, code).label


def id_of(lookup: Lookup, code: str) -> str:
    """The id of the label that is in force for a code."""
    return str(_in_force(lookup, code).id)


def _in_force(lookup: Lookup, code: str) -> Label:
    found = in_force(lookup, code)
    if found is None:
        raise LookupError(f"{lookup.name} has no label for {code}")
    return found


def _told(lookup: Lookup, attribute: str, what: Callable[[Label], str]) -> fields.Function:
    code_of = attrgetter(attribute)

    def told(thing: Any) -> str:
        return what(_in_force(lookup, code_of(thing)))

    return fields.Function(told, required=True, metadata={"type": "string"})
