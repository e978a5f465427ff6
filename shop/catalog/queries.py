"""Reads of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flask import g
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from shop.catalog.models import Category, Product, Variant
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.kept import kept_by_stamp
from shop.lib.queries import one_or_404

LARGEST_ID = 2**63 - 1
CATEGORIES = select(
    Category.id, Category.slug, Category.name, Category.path, Category.description, Category.parent_id
).order_by(Category.position, Category.id)


@dataclass
class CategoryNode:
    """A category with those below it."""

    id: int
    slug: str
    name: str
    path: str
    description: str
    parent: CategoryNode | None = None
    children: list[CategoryNode] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/c/{self.slug}"

    @property
    def trail(self) -> list[CategoryNode]:
        """From the root down to this one."""
        return [*(self.parent.trail if self.parent else []), self]


def category_tree() -> list[CategoryNode]:
    """All categories as trees, in the owner's order."""
    if "category_tree" not in g:
        g.category_tree = _read_tree()
    kept: list[CategoryNode] = g.category_tree
    return kept


def category_at(slug: str) -> CategoryNode:
    """The category with a slug, or NotFound."""
    return category_where("slug", slug)


def category_where(name: str, value: str | int) -> CategoryNode:
    """The category whose `slug`, `path` or `id` is this, or NotFound."""
    for node in all_nodes(category_tree()):
        if getattr(node, name) == value:
            return node
    raise NotFound


def all_nodes(nodes: Sequence[CategoryNode]) -> Iterator[CategoryNode]:
    """The nodes and all below them."""
    for node in nodes:
        yield node
        yield from all_nodes(node.children)


def products_on_shelf() -> Select[Product]:
    """Products a shopper may see."""
    return select(Product).where(Product.published_at.is_not(None), Product.deleted_at.is_(None))


def variant_on_shelf(variant_id: int) -> Variant:
    """A variant a shopper may buy, with product, brand, colour and size loaded, or NotFound."""
    if not 0 < variant_id <= LARGEST_ID:
        raise NotFound
    wanted = (
        select(Variant)
        .join(Variant.product)
        .where(Variant.id == variant_id, Variant.retired_at.is_(None))
        .where(Product.published_at.is_not(None), Product.deleted_at.is_(None))
        .options(contains_eager(Variant.product).joinedload(Product.brand))
        .options(joinedload(Variant.colour), joinedload(Variant.size))
    )
    return one_or_404(wanted)


@kept_by_stamp(most=1)
def _read_tree() -> list[CategoryNode]:
    found = db.session.execute(CATEGORIES).all()
    nodes = {row.id: CategoryNode(row.id, row.slug, row.name, row.path, row.description) for row in found}
    for row in found:
        if row.parent_id:
            nodes[row.id].parent = nodes[row.parent_id]
            nodes[row.parent_id].children.append(nodes[row.id])
    return [nodes[row.id] for row in found if row.parent_id is None]
