"""Categories: the tree as flat rows (CAT-02)."""

from __future__ import annotations

from typing import Any

from flask import request

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import FILES, ApiBlueprint, NothingToChange, total_of
from shop.api.schemas.categories import CategoryChange, CategoryMove, CategoryQuery, CategoryRow, NewCategory
from shop.api.schemas.removal import RemovalQuery, Removed
from shop.api.sorted_by import ONE, owner, removed
from shop.api.uploads import sent_pictures
from shop.catalog import categories
from shop.catalog.categories import CountedCategory, Named
from shop.catalog.models import Category
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.categories import services
from shop.merchandising.categories.removal import remove_category, remove_category_after_moving

bp = ApiBlueprint("categories", "categories", "The tree of categories")
PICTURES = {"picture": "picture"}


@bp.get("/")
@bp.query(CategoryQuery)
@bp.lists(CategoryRow)
def index(query: dict[str, Any]) -> Any:
    """Categories, each before those below it, in the owner's order."""
    wanted = Named(query.get("category"), query.get("q"), query.get("parent_id"), query.get("is_active"))
    found = categories.counted(wanted, resting=_sees_all())
    return found[query["skip"] :][: query["limit"]], total_of(len(found))


@bp.get(ONE)
@bp.response(200, CategoryRow)
def show(item_id: int) -> CountedCategory:
    """One category."""
    return categories.counted_one(item_id, resting=_sees_all())


@bp.post("/")
@owner
@bp.doc(**{FILES: [*PICTURES]})
@bp.body(NewCategory)
@bp.response(201, CategoryRow)
@steps
def create(values: dict[str, Any]) -> CountedCategory:
    """Add a category, below another or at the top; without a slug one is made from its names.

    409 where a sibling has the name, whatever its case, or another category the slug.
    """
    parent_id = values.pop("parent_id", None)
    with sent_pictures(Category, PICTURES) as pictures, unit_of_work():
        return _shown(services.create_category(values | pictures, parent_id).id)


@bp.put(ONE)
@owner
@bp.doc(**{FILES: [*PICTURES]})
@bp.body(CategoryChange)
@bp.response(200, CategoryRow)
@steps
def update(values: dict[str, Any], item_id: int) -> CountedCategory:
    """Change what is sent; with another `parent_id` it moves, and another slug moves the addresses of all below it.

    400 without any field; 409 where a sibling has the name, or another category the slug.
    """
    if not values and not request.files.keys() & PICTURES.keys():
        raise NothingToChange
    moves = "parent_id" in values
    parent_id = values.pop("parent_id", None)
    with sent_pictures(Category, PICTURES) as pictures, unit_of_work():
        if moves:
            services.move_category(item_id, parent_id)
        services.change_category(item_id, values | pictures)
        return _shown(item_id)


@bp.patch(f"{ONE}/move")
@owner
@bp.body(CategoryMove)
@bp.response(200, CategoryRow)
def move(values: dict[str, Any], item_id: int) -> CountedCategory:
    """Move a category with all below it; 422 below itself, 409 beside one of its name."""
    services.move_category(item_id, values["parent_id"], values["before_id"])
    return _shown(item_id)


@bp.delete(ONE)
@owner
@bp.query(RemovalQuery)
@bp.response(200, Removed)
@steps
def delete(query: dict[str, Any], item_id: int) -> dict[str, Any]:
    """Delete a category; with `cascade` all below it and all their products go too.

    409 with counts where something hangs on it and neither `cascade` nor `move_to` is sent.
    """
    return removed(query, item_id, remove_category, remove_category_after_moving)


def _sees_all() -> bool:
    return visitor().can(Permission.CATALOG_MANAGE)


def _shown(category_id: int) -> CountedCategory:
    return categories.counted_one(category_id, resting=True)
