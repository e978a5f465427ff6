"""Reads of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from shop.catalog.models import Category
from shop.extensions import db


@dataclass
class CategoryNode:
    """A category with those below it."""

    id: int
    name: str
    path: str
    children: list[CategoryNode] = field(default_factory=list)


def category_tree() -> list[CategoryNode]:
    """All categories as trees, in the owner's order, from one statement."""
    columns = (Category.id, Category.name, Category.path, Category.parent_id)
    found = db.session.execute(select(*columns).order_by(Category.position, Category.id)).all()
    nodes = {row.id: CategoryNode(row.id, row.name, row.path) for row in found}
    for row in found:
        if row.parent_id:
            nodes[row.parent_id].children.append(nodes[row.id])
    return [nodes[row.id] for row in found if row.parent_id is None]
