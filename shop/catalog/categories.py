"""Categories with how many products stand in each of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from shop.catalog.models import ListingRow
from shop.catalog.models.lookups import folded
from shop.catalog.queries import (
    CategoryNode,
    all_nodes,
    any_category_where,
    category_tree,
    category_where,
    whole_tree,
)
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


@dataclass(frozen=True)
class Named:
    """Which categories: of this name or with this part in it, whatever the case, below one, active or not."""

    name: str | None = None
    part: str | None = None
    parent_id: int | None = None
    active: bool | None = None

    def fits(self, node: CategoryNode) -> bool:
        """Whether a category is one of them."""
        said = folded(node.name)
        return (
            (self.name is None or said == folded(self.name))
            and (self.part is None or folded(self.part) in said)
            and (self.parent_id is None or (node.parent is not None and node.parent.id == self.parent_id))
            and (self.active is None or node.active == self.active)
        )


def counted(wanted: Named = Named(), *, resting: bool = False) -> list[CountedCategory]:
    """The tree from the top down, of the categories shoppers see, or also of those that rest."""
    numbers = _numbers()
    nodes = all_nodes(whole_tree() if resting else category_tree())
    return [CountedCategory(node, numbers.get(node.path, 0)) for node in nodes if wanted.fits(node)]


def counted_one(category_id: int, *, resting: bool = False) -> CountedCategory:
    """One category shoppers see, or also one that rests; NotFound."""
    node = (any_category_where if resting else category_where)("id", category_id)
    return CountedCategory(node, _numbers().get(node.path, 0))


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
