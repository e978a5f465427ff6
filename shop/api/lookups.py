"""The five operations every lookup has (API-05)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from shop.accounts.permissions import Permission
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.fields import Deleted
from shop.api.schemas.lookups import (
    LookupStatusChange,
    LookupStatusNew,
    LookupStatusQuery,
    LookupStatusRow,
    LookupTypeChange,
    LookupTypeNew,
    LookupTypeQuery,
    LookupTypeRow,
)
from shop.store import label_services
from shop.store.labels import Lookup, called, label_at


@dataclass(frozen=True)
class Shapes:
    """What the operations of a lookup take and give."""

    query: type[Schema]
    row: type[Schema]
    new: type[Schema]
    change: type[Schema]


SHAPES = {
    "status": Shapes(LookupStatusQuery, LookupStatusRow, LookupStatusNew, LookupStatusChange),
    "type": Shapes(LookupTypeQuery, LookupTypeRow, LookupTypeNew, LookupTypeChange),
}


def lookup_blueprint(name: str, lookup: Lookup, description: str) -> ApiBlueprint:
    """A blueprint with the five operations. Everybody reads; the owner writes."""
    bp = ApiBlueprint(name, lookup.name, description)
    shapes = SHAPES[lookup.field]
    _add_reads(bp, lookup, shapes)
    _add_new(bp, lookup, shapes)
    _add_changes(bp, lookup, shapes)
    return bp


def _add_reads(bp: ApiBlueprint, lookup: Lookup, shapes: Shapes) -> None:
    @bp.get("/")
    @bp.query(shapes.query)
    @bp.lists(shapes.row)
    def index(query: dict[str, Any]) -> Any:
        """The rows in the owner's order."""
        found = called(lookup, query.get("word"))
        return found[query["skip"] :][: query["limit"]], total_of(len(found))

    @bp.get("/<key:item_id>")
    @bp.response(200, shapes.row)
    def show(item_id: int) -> Any:
        """One row."""
        return label_at(lookup, item_id)


def _add_new(bp: ApiBlueprint, lookup: Lookup, shapes: Shapes) -> None:
    @bp.post("/")
    @needs(Permission.LOOKUP_UPDATE)
    @bp.body(shapes.new)
    @bp.response(201, shapes.row)
    def create(values: dict[str, Any]) -> Any:
        """A further label for a code the shop knows; from now on it is the one that is shown.

        409 where another row has the name or the place.
        """
        return label_services.add_label(lookup, values["code"], values["label"], values.get("idx"))


def _add_changes(bp: ApiBlueprint, lookup: Lookup, shapes: Shapes) -> None:
    @bp.put("/<key:item_id>")
    @needs(Permission.LOOKUP_UPDATE)
    @bp.body(shapes.change)
    @bp.response(200, shapes.row)
    def update(values: dict[str, Any], item_id: int) -> Any:
        """Call a row something else, or move it; what the shop does in that state stays the same.

        400 without any field, 409 where another row has the name or the place.
        """
        if not values:
            raise NothingToChange
        return label_services.change_label(lookup, item_id, **values)

    @bp.delete("/<key:item_id>")
    @needs(Permission.LOOKUP_UPDATE)
    @bp.response(200, Deleted)
    def delete(item_id: int) -> Any:
        """Take away a label the owner added; 400 for one that is built in or in use."""
        label_services.remove_label(lookup, item_id)
        return {"deleted": True}
