"""What goes well with a product: chosen by its owner, in the owner's order."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalog.models import Product, ProductRelation
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.queries import one_or_404, rows
from shop.merchandising.owner_queries import products_matching
from shop.merchandising.products.errors import BadRelation
from shop.merchandising.services import lock_product

MOST = 12
MOST_FOUND = 20
AS_LISTED = (joinedload(Product.brand), selectinload(Product.pictures))


def related_to(product_id: int) -> Select[Product]:
    """What goes well with a product, in order; without what was deleted."""
    chosen = select(Product).join(ProductRelation, ProductRelation.related_id == Product.id)
    chosen = chosen.where(ProductRelation.product_id == product_id, Product.deleted_at.is_(None))
    return chosen.order_by(ProductRelation.position, Product.id)


def products_to_relate(product_id: int, text: str) -> list[Product]:
    """The first products that fit a search and are not chosen yet."""
    chosen = select(ProductRelation.related_id).where(ProductRelation.product_id == product_id)
    others = products_matching(text, "").where(Product.id != product_id, Product.id.not_in(chosen))
    return rows(others.limit(MOST_FOUND))


def relate(product_id: int, related_id: int) -> None:
    """Let something go well with a product, as the last; asked again, it stays. Raises BadRelation, NotFound."""
    lock_product(product_id)
    if product_id == related_id:
        raise BadRelation("A product does not go with itself: choose another.")
    one_or_404(select(Product).where(Product.id == related_id, Product.deleted_at.is_(None)))
    chosen = _chosen(product_id)
    if related_id in [one.related_id for one in chosen]:
        return
    if len(chosen) >= MOST:
        raise BadRelation(f"At most {MOST} products go with one. Take another away first.")
    _place([*chosen, ProductRelation(product_id=product_id, related_id=related_id)])


def unrelate(product_id: int, related_id: int) -> None:
    """Take something away from a product. Raises NotFound."""
    lock_product(product_id)
    db.session.delete(_one(_chosen(product_id), related_id))
    db.session.flush()


def shift(product_id: int, related_id: int, by: int) -> None:
    """Move something up (-1) or down (1); at the end of the row it stays. Raises NotFound."""
    lock_product(product_id)
    chosen = _chosen(product_id)
    moved = _one(chosen, related_id)
    place = chosen.index(moved)
    chosen.insert(max(0, place + by), chosen.pop(place))
    _place(chosen)


def _chosen(product_id: int) -> list[ProductRelation]:
    """The rows of a product that is held, in order; those of deleted products stay aside, should these come back."""
    wanted = select(ProductRelation).join(Product, Product.id == ProductRelation.related_id)
    wanted = wanted.where(ProductRelation.product_id == product_id, Product.deleted_at.is_(None))
    wanted = wanted.order_by(ProductRelation.position, ProductRelation.related_id)
    return rows(wanted.execution_options(populate_existing=True))


def _one(chosen: list[ProductRelation], related_id: int) -> ProductRelation:
    one = next((one for one in chosen if one.related_id == related_id), None)
    if one is None:
        raise NotFound
    return one


def _place(chosen: list[ProductRelation]) -> None:
    for position, one in enumerate(chosen):
        one.position = position
    db.session.add_all(chosen)
    db.session.flush()
