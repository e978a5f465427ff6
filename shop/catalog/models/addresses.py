"""Addresses that products and categories had before.

One counts as long as nothing has it now: whoever takes it again wins.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.catalog.models.lookups import LONGEST_SLUG
from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Ref


@own_history("it is the history of products' addresses")
class ProductSlug(Model):
    """A slug and the product that gave it up last."""

    __tablename__ = "product_slug"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id"))


@own_history("it is the history of categories' addresses")
class CategorySlug(Model):
    """A slug and the category that gave it up last."""

    __tablename__ = "category_slug"

    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG), primary_key=True)
    category_id: Mapped[int] = mapped_column(Ref, ForeignKey("category.id"))
