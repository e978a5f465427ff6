"""Creates, changes and moves categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shop.catalog.models import Category
from shop.catalog.models.lookups import LONGEST_NAME, folded
from shop.extensions import db
from shop.lib.http.incoming import stripped
from shop.lib.jobs.models import Job
from shop.merchandising.categories.errors import BadPlace
from shop.merchandising.categories.tree import Tree, path_below, write_paths
from shop.merchandising.lookups import naming
from shop.merchandising.lookups.nouns import product_ids
from shop.merchandising.lookups.records import write
from shop.merchandising.relisting import relist

LISTED = frozenset({"name", "active"})


def create_category(values: dict[str, Any], parent_id: int | None = None) -> Category:
    """A new category, the last below its parent. Raises NameTaken, BadSlug, BadPlace."""
    return _create(Tree(), values, parent_id)


def change_category(category_id: int, values: dict[str, Any]) -> Job | None:
    """Change columns of a category; another slug moves its branch. The job, if listings are written by one.

    Raises NameTaken, BadSlug, BadPlace, NotFound.
    """
    tree = Tree()
    node = tree.at(category_id)
    if "name" in values:
        naming.refuse_taken(Category, values["name"], node.id, parent_id=node.parent_id)
    if "slug" in values:
        naming.checked_slug(Category, values["slug"], node.id)
    before = {name: getattr(node, name) for name in LISTED}
    write(node, values)
    is_shown = write_paths(tree, node) or any(getattr(node, name) != value for name, value in before.items())
    return relist(product_ids("category", node.id)) if is_shown else None


def move_category(category_id: int, parent_id: int | None, before_id: int | None = None) -> Job | None:
    """Put a category with its branch below another, or at the top; before a sibling, else last.

    The job, if listings are written by one. Raises BadPlace, NameTaken, NotFound.
    """
    tree = Tree()
    node, parent = tree.at(category_id), tree.parent(parent_id)
    return put_below(tree, node, parent, before_id)


def shift_category(category_id: int, by: int) -> None:
    """Move a category up (-1) or down (1) among its siblings; at the end of the row it stays. Raises NotFound."""
    tree = Tree()
    node = tree.at(category_id)
    siblings = tree.below(node.parent_id)
    place = siblings.index(node)
    siblings.insert(max(0, place + by), siblings.pop(place))
    _number(siblings)


def put_below(tree: Tree, node: Category, parent: Category | None, before_id: int | None = None) -> Job | None:
    """Move a branch of a tree that is held. Raises BadPlace, NameTaken."""
    refuse_circle(tree, node, parent)
    parent_id = parent.id if parent else None
    naming.refuse_taken(Category, node.name, node.id, parent_id=parent_id)
    with naming.unique():
        node.parent_id = parent_id
    others = [one for one in tree.below(parent_id) if one is not node]
    place = next((i for i, one in enumerate(others) if one.id == before_id), len(others))
    _number([*others[:place], node, *others[place:]])
    return relist(product_ids("category", node.id)) if write_paths(tree, node) else None


def refuse_circle(tree: Tree, node: Category, parent: Category | None) -> None:
    """Raise BadPlace where a category would come to stand below itself."""
    if parent is not None and node in tree.ancestors(parent):
        raise BadPlace(f"{node.name} cannot stand below itself.")


def category_at_path(names: Sequence[str]) -> Category:
    """The category that is called so from the top down ("Men", "Shirts", "Linen"); what is missing is created.

    Raises BadPlace without any name, or for one that is empty or too long.
    """
    tree = Tree()
    wanted = [stripped(name) for name in names]
    if not wanted or not all(0 < len(name) <= LONGEST_NAME for name in wanted):
        raise BadPlace(f"Name each category of the path, with at most {LONGEST_NAME} characters.")
    node: Category | None = None
    for name in wanted:
        below = tree.below(node.id if node else None)
        found = next((one for one in below if one.folded == folded(name)), None)
        node = found or _create(tree, {"name": name}, node.id if node else None)
    assert node is not None  # noqa: S101 — there is at least one name
    return node


def _create(tree: Tree, values: dict[str, Any], parent_id: int | None) -> Category:
    parent = tree.parent(parent_id)
    naming.refuse_taken(Category, values["name"], parent_id=parent_id)
    slug = naming.checked_slug(Category, values["slug"]) if values.get("slug") else _made_slug(parent, values["name"])
    last = max((one.position for one in tree.below(parent_id)), default=-1)
    placed = {"slug": slug, "path": path_below(parent, slug), "parent_id": parent_id, "position": last + 1}
    node = Category(**values | placed)
    with naming.unique():
        db.session.add(node)
    tree.nodes[node.id] = node
    return node


def _made_slug(parent: Category | None, name: str) -> str:
    """Below "men" shirts are "men-shirts": one address says both."""
    above = f"{parent.slug}-" if parent else ""
    return naming.free_slug(Category, naming.shortened(f"{above}{naming.slug_of(name, 'category')}"))


def _number(siblings: Sequence[Category]) -> None:
    for position, node in enumerate(siblings):
        node.position = position
    db.session.flush()
