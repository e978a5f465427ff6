"""The tree as its owner sees it: with what rests, and how many products stand in each category and below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from shop.catalog.models import Product
from shop.catalog.queries import CategoryNode, all_nodes, whole_tree
from shop.extensions import db


@dataclass(frozen=True)
class OwnedCategory:
    """A category with its products: those in it, and those with all below it."""

    node: CategoryNode
    own: int
    children: list[OwnedCategory]

    @property
    def products(self) -> int:
        return self.own + sum(child.products for child in self.children)

    def matching(self, part: str) -> OwnedCategory | None:
        """The branch with only what has this in its name, and what leads there; None where nothing has."""
        if part.casefold() in self.node.name.casefold():
            return self
        kept = [found for child in self.children if (found := child.matching(part))]
        return OwnedCategory(self.node, self.own, kept) if kept else None


def owned_tree() -> list[OwnedCategory]:
    """All categories, in the owner's order."""
    counted = select(Product.category_id, func.count()).where(Product.deleted_at.is_(None))
    numbers = dict(db.session.execute(counted.group_by(Product.category_id)).all())
    return list(_owned(whole_tree(), numbers))


def places_for(category_id: int | None = None) -> list[tuple[int, str]]:
    """Where a category could stand: all others outside of its branch, each with those above it: "Men › Shirts"."""
    return [(node.id, full_name(node)) for node in all_nodes(whole_tree()) if not _is_inside(node, category_id)]


def full_name(node: CategoryNode) -> str:
    """A category with those above it: "Men › Shirts"."""
    return " › ".join(one.name for one in node.trail)


def _owned(nodes: list[CategoryNode], numbers: dict[int, int]) -> Iterator[OwnedCategory]:
    for node in nodes:
        yield OwnedCategory(node, numbers.get(node.id, 0), list(_owned(node.children, numbers)))


def _is_inside(node: CategoryNode, category_id: int | None) -> bool:
    return any(one.id == category_id for one in node.trail)
