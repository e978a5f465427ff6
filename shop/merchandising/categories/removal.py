"""Deletes categories: what hangs on one is moved to another or goes along, never by accident."""

from __future__ import annotations

from sqlalchemy import select

from shop.catalog.models import Category, Product
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.files.kinds import StoredPicture
from shop.merchandising.categories.services import put_below
from shop.merchandising.categories.tree import Tree
from shop.merchandising.deletion import delete_products
from shop.merchandising.lookups.errors import StillNamed
from shop.merchandising.lookups.hanging import hanging_on
from shop.merchandising.lookups.nouns import CATEGORY, named_by
from shop.merchandising.lookups.removal import Gone, give_another, mark_deleted
from shop.merchandising.relisting import relist


def remove_category(category_id: int, *, cascade: bool = False) -> Gone:
    """Delete a category nothing hangs on; with `cascade` with its branch and all its products.

    Raises StillNamed, NotFound.
    """
    tree = Tree()
    top = tree.at(category_id)
    hanging = hanging_on(CATEGORY.key, category_id)
    if hanging.is_anything and not cascade:
        raise StillNamed(top.name, hanging)
    delete_products(named_by(CATEGORY.key, category_id))
    return Gone(hanging, _mark_branch(tree, top))


def remove_category_after_moving(category_id: int, to_id: int) -> Gone:
    """Put the products and the sub-categories of a category into another one, then delete it.

    Raises ShopError for one inside of it, NameTaken where the other has a sub-category of the same name, NotFound.
    """
    tree = Tree()
    top, other = tree.at(category_id), tree.at(to_id)
    if top in tree.ancestors(other):
        raise ShopError("Choose a category outside of this one.", field="to")
    hanging = hanging_on(CATEGORY.key, category_id)
    own = Product.deleted_at.is_(None) & (Product.category_id == category_id)
    ids = list(db.session.scalars(select(Product.id).where(own)))
    give_another(own, "category_id", to_id)
    jobs = [put_below(tree, child, other) for child in tree.below(top.id)]
    jobs.append(relist(ids))
    return Gone(hanging, mark_deleted(top), next((job for job in jobs if job), None), stays=True)


def _mark_branch(tree: Tree, top: Category) -> list[StoredPicture]:
    """Delete a branch from below, so that undoing begins with what others stand below."""
    return [file for node in reversed(tree.branch(top)) for file in mark_deleted(node)]
