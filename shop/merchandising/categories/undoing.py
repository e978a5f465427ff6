"""Puts categories back as they were, when a change in the audit log is undone."""

from __future__ import annotations

from typing import Any

from shop.catalog.models import Category
from shop.merchandising.categories.removal import remove_category
from shop.merchandising.categories.services import refuse_circle
from shop.merchandising.categories.tree import Tree, write_paths
from shop.merchandising.lookups.nouns import CATEGORY, product_ids
from shop.merchandising.lookups.records import write
from shop.merchandising.relisting import relist


def put_back_category(row: Category, values: dict[str, Any]) -> None:
    """Give a category, deleted or not, the values and the place it had.

    Raises NameTaken, BadPlace, StillNamed.
    """
    if values.get("deleted_at"):
        remove_category(row.id)
        return
    tree = Tree()
    refuse_circle(tree, row, tree.parent(values.get("parent_id", row.parent_id)))
    tree.nodes[row.id] = row
    write(row, values)
    write_paths(tree, row)
    relist(product_ids(CATEGORY.key, row.id))
