"""Where a product or a category is whose address was given up."""

from __future__ import annotations

from sqlalchemy import select

from shop.catalog.models import Category, CategorySlug, Product, ProductSlug
from shop.catalog.queries import category_where
from shop.extensions import db
from shop.lib.errors import NotFound


def product_moved_from(slug: str) -> str:
    """The slug now of the product that had this one, deleted ones too. Raises NotFound; also for one that is hidden."""
    has_it_now = select(Product.id).where(Product.slug == slug).exists()
    moved = select(Product.slug).join(ProductSlug, ProductSlug.product_id == Product.id)
    found = db.session.scalar(moved.where(ProductSlug.slug == slug, Product.published_at.is_not(None), ~has_it_now))
    if found is None:
        raise NotFound
    return found


def category_moved_from(slug: str) -> str:
    """The slug now of the category that had this one. Raises NotFound; also for one that shoppers do not see."""
    has_it_now = select(Category.id).where(Category.slug == slug, Category.deleted_at.is_(None)).exists()
    moved = db.session.scalar(select(CategorySlug.category_id).where(CategorySlug.slug == slug, ~has_it_now))
    return category_where("id", moved or 0).slug
