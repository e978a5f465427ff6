"""The tree as whoever changes it holds it: all of it, so that two who move at once cannot make a circle."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from shop.catalog.branches import move_listings
from shop.catalog.models import Category, CategorySlug, Product
from shop.catalog.models.lookups import LONGEST_PATH
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.queries import rows
from shop.lib.unit_of_work import read_anew
from shop.merchandising.categories.errors import BadPlace


class Tree:
    """All categories that are not deleted, held until this unit ends."""

    def __init__(self) -> None:
        held = select(Category).where(Category.deleted_at.is_(None)).order_by(Category.id).with_for_update()
        self.nodes = {node.id: node for node in rows(held.execution_options(populate_existing=True))}
        # What this unit read before is not what it leaves.
        read_anew("category_trees")

    def at(self, category_id: int) -> Category:
        """The category with an id, or NotFound."""
        if category_id not in self.nodes:
            raise NotFound
        return self.nodes[category_id]

    def parent(self, parent_id: int | None) -> Category | None:
        """What something is put below, None for the top. Raises BadPlace for one that is not there."""
        if parent_id is not None and parent_id not in self.nodes:
            raise BadPlace("This category is not there any more. Choose another.")
        return None if parent_id is None else self.nodes[parent_id]

    def below(self, parent_id: int | None) -> list[Category]:
        """What stands directly below a category, in the owner's order."""
        found = [node for node in self.nodes.values() if node.parent_id == parent_id]
        return sorted(found, key=lambda node: (node.position, node.id))

    def branch(self, top: Category) -> list[Category]:
        """A category and all below it, each after what it stands below."""
        return [top, *(node for child in self.below(top.id) for node in self.branch(child))]

    def ancestors(self, node: Category) -> Iterator[Category]:
        """The category itself and all above it."""
        here: Category | None = node
        while here is not None:
            yield here
            here = self.nodes.get(here.parent_id or 0)


def path_below(parent: Category | None, slug: str) -> str:
    """The path of a category. Raises BadPlace where it is longer than a column holds."""
    path = f"{parent.path}/{slug}" if parent else slug
    if len(path) > LONGEST_PATH:
        raise BadPlace("This is too deep: its address would be too long. Choose a place higher up.")
    return path


def write_paths(tree: Tree, top: Category) -> bool:
    """Write the paths of a branch anew after its top moved or its slug changed, and those of its listing rows; the
    address its top had leads to the new one.

    Says whether anything changed. Products are held before their rows change, so that nobody who writes one of them
    anew puts back what it read before.
    """
    old = top.path
    branch = tree.branch(top)
    for node in branch:
        node.path = path_below(tree.nodes.get(node.parent_id or 0), node.slug)
    if top.path == old:
        return False
    _keep_address(top, old.rpartition("/")[2])
    db.session.flush()
    inside = select(Product.id).where(Product.category_id.in_([node.id for node in branch])).order_by(Product.id)
    db.session.execute(inside.with_for_update(key_share=True))
    move_listings(old, top.path)
    return True


def _keep_address(node: Category, old: str) -> None:
    if old != node.slug:
        db.session.merge(CategorySlug(slug=old, category_id=node.id))
