"""Categories with how many products stand in each of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from shop.catalog.models import ListingRow
from shop.catalog.queries import CategoryNode, all_nodes, category_tree, category_where
from shop.extensions import db


@dataclass(frozen=True)
class CountedCategory:
    """A category and the products on the shelf in it and below it."""

    node: CategoryNode
    product_count: int

    @property
    def parent_id(self) -> int | None:
        return self.node.parent.id if self.node.parent else None

    @property
    def level(self) -> int:
        return len(self.node.trail)


def counted(name: str | None = None, part: str | None = None) -> list[CountedCategory]:
    """The tree from the top down: all of it, those with this name, or those with this part in it."""
    numbers = _numbers()
    nodes = [node for node in all_nodes(category_tree()) if _is_called(node, name, part)]
    return [CountedCategory(node, numbers.get(node.path, 0)) for node in nodes]


def counted_one(category_id: int) -> CountedCategory:
    """One category, or NotFound."""
    node = category_where("id", category_id)
    return CountedCategory(node, _numbers().get(node.path, 0))


def _is_called(node: CategoryNode, name: str | None, part: str | None) -> bool:
    said = node.name.lower()
    return (name is None or said == name.lower()) and (part is None or part.lower() in said)


def _numbers() -> dict[str, int]:
    """Products by path; each counts at its own category and at all above it."""
    found = db.session.execute(select(ListingRow.category_path, func.count()).group_by(ListingRow.category_path))
    numbers: dict[str, int] = {}
    for path, count in found:
        parts = path.split("/")
        for length in range(1, len(parts) + 1):
            above = "/".join(parts[:length])
            numbers[above] = numbers.get(above, 0) + count
    return numbers
