"""Reads of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from shop.catalog.models import Category, Product, Variant
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.files.kinds import StoredPicture
from shop.lib.kept import kept_by_stamp
from shop.lib.queries import one_or_404
from shop.lib.unit_of_work import once_a_unit

LARGEST_ID = 2**63 - 1
CATEGORIES = (
    select(
        Category.id, Category.slug, Category.name, Category.path, Category.description, Category.active,
        Category.picture, Category.parent_id,
    )
    .where(Category.deleted_at.is_(None))
    .order_by(Category.position, Category.id)
)  # fmt: skip


@dataclass
class CategoryNode:
    """A category with those below it."""

    id: int
    slug: str
    name: str
    path: str
    description: str
    active: bool
    picture: StoredPicture | None
    parent: CategoryNode | None = None
    children: list[CategoryNode] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/c/{self.slug}"

    @property
    def trail(self) -> list[CategoryNode]:
        """From the root down to this one."""
        return [*(self.parent.trail if self.parent else []), self]

    @property
    def is_shown(self) -> bool:
        """Whether shoppers see it: it is active, and so is everything above it."""
        return all(node.active for node in self.trail)


def category_tree() -> list[CategoryNode]:
    """The categories shoppers see as trees, in the owner's order; one that rests hides its branch."""
    return _trees()[0]


def whole_tree() -> list[CategoryNode]:
    """All categories as trees, with those that rest."""
    return _trees()[1]


def category_at(slug: str) -> CategoryNode:
    """The category with a slug, or NotFound."""
    return category_where("slug", slug)


def category_where(name: str, value: str | int) -> CategoryNode:
    """The category shoppers see whose `slug`, `path` or `id` is this, or NotFound."""
    return _node_where(category_tree(), name, value)


def any_category_where(name: str, value: str | int) -> CategoryNode:
    """The same among all categories, with those that rest."""
    return _node_where(whole_tree(), name, value)


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


def _node_where(nodes: Sequence[CategoryNode], name: str, value: str | int) -> CategoryNode:
    for node in all_nodes(nodes):
        if getattr(node, name) == value:
            return node
    raise NotFound


def _trees() -> tuple[list[CategoryNode], list[CategoryNode]]:
    return once_a_unit("category_trees", _read_trees)


@kept_by_stamp(most=1)
def _read_trees() -> tuple[list[CategoryNode], list[CategoryNode]]:
    found = db.session.execute(CATEGORIES).all()
    nodes = {row.id: CategoryNode(*row[:-1]) for row in found}
    for row in found:
        if row.parent_id:
            nodes[row.id].parent = nodes[row.parent_id]
            nodes[row.parent_id].children.append(nodes[row.id])
    whole = [nodes[row.id] for row in found if row.parent_id is None]
    return list(_shown(whole, None)), whole


def _shown(nodes: Sequence[CategoryNode], parent: CategoryNode | None) -> Iterator[CategoryNode]:
    """The active nodes with what is active below them, as a tree of their own."""
    for node in nodes:
        if node.active:
            kept = replace(node, parent=parent)
            kept.children = list(_shown(node.children, kept))
            yield kept
