"""What the owner does with brands, occasions and product types: create, change, delete (CAT-01, CAT-02)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, TypeVar

from flask import request
from marshmallow import Schema

from shop.accounts.permissions import Permission
from shop.api.door import FILES, ApiBlueprint, NothingToChange, needs
from shop.api.schemas.removal import RemovalQuery, Removed
from shop.api.uploads import sent_pictures
from shop.lib.files.storage import clean_up
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.lookups import records
from shop.merchandising.lookups.nouns import Noun
from shop.merchandising.lookups.removal import Gone, remove, remove_after_moving

owner = needs(Permission.CATALOG_MANAGE)
Operation = TypeVar("Operation", bound=Callable[..., Any])
ONE = "/<key:item_id>"


@dataclass(frozen=True)
class Shapes:
    """What the operations take and give; `pictures` has columns by the files that may come along."""

    new: type[Schema]
    change: type[Schema]
    row: type[Schema]
    pictures: Mapping[str, str] = field(default_factory=dict)


def add_writes(bp: ApiBlueprint, noun: Noun, shapes: Shapes) -> None:
    """Give a blueprint the owner's three operations."""
    _add_create(bp, noun, shapes)
    _add_update(bp, noun, shapes)
    if noun.must_stay:
        _add_refusing_delete(bp, noun)
    else:
        _add_delete(bp, noun)


def _add_create(bp: ApiBlueprint, noun: Noun, shapes: Shapes) -> None:
    @bp.post("/")
    @owner
    @_described(bp, shapes)
    @bp.body(shapes.new)
    @bp.response(201, shapes.row)
    @steps
    def create(values: dict[str, Any]) -> dict[str, Any]:
        """Add one; without a slug one is made from the name.

        409 where another has the name, whatever its case, or the slug.
        """
        with sent_pictures(noun.model, shapes.pictures) as pictures, unit_of_work():
            return plain(records.create(noun, values | pictures))


def _add_update(bp: ApiBlueprint, noun: Noun, shapes: Shapes) -> None:
    @bp.put(ONE)
    @owner
    @_described(bp, shapes)
    @bp.body(shapes.change)
    @bp.response(200, shapes.row)
    @steps
    def update(values: dict[str, Any], item_id: int) -> dict[str, Any]:
        """Change what is sent; listings of many products follow within a minute.

        400 without any field; 409 where another has the name, whatever its case, or the slug.
        """
        if not values and not request.files.keys() & shapes.pictures.keys():
            raise NothingToChange
        with sent_pictures(noun.model, shapes.pictures) as pictures, unit_of_work():
            records.change(noun, item_id, values | pictures)
            return plain(records.held(noun, item_id))


def _described(bp: ApiBlueprint, shapes: Shapes) -> Callable[[Operation], Operation]:
    described: Callable[[Operation], Operation] = bp.doc(**{FILES: [*shapes.pictures]} if shapes.pictures else {})
    return described


def _add_delete(bp: ApiBlueprint, noun: Noun) -> None:
    @bp.delete(ONE)
    @owner
    @bp.query(RemovalQuery)
    @bp.response(200, Removed)
    @steps
    def delete(query: dict[str, Any], item_id: int) -> dict[str, Any]:
        """Delete one. Products go with their brand, and stay without their occasion.

        409 with counts where something hangs on it and neither `cascade` nor `move_to` is sent.
        """
        return removed(query, item_id, partial(remove, noun), partial(remove_after_moving, noun))


def _add_refusing_delete(bp: ApiBlueprint, noun: Noun) -> None:
    @bp.delete(ONE)
    @owner
    @bp.response(200, Removed)
    @steps
    def delete(item_id: int) -> dict[str, Any]:
        """Delete one; 400 while products need it."""
        with unit_of_work():
            gone = remove(noun, item_id)
        return _answer(gone)


def removed(
    query: dict[str, Any], item_id: int, take: Callable[..., Gone], take_after_moving: Callable[[int, int], Gone]
) -> dict[str, Any]:
    """Delete something as its query says. Raises what the two ways to delete raise."""
    with unit_of_work():
        if query["move_to"] is None:
            gone = take(item_id, cascade=query["cascade"])
        else:
            gone = take_after_moving(item_id, query["move_to"])
    return _answer(gone)


def _answer(gone: Gone) -> dict[str, Any]:
    """The answer to a deletion that is committed; its pictures go now."""
    warnings = clean_up(gone.files)
    told = {"deleted": True, "stats": asdict(gone.stats)}
    return told | ({"file_cleanup_warnings": warnings} if warnings else {})


def plain(row: Any) -> dict[str, Any]:
    """A row's values, which outlive its unit."""
    return {name: getattr(row, name) for name in row.__mapper__.column_attrs.keys()}  # noqa: SIM118 — no mapping
