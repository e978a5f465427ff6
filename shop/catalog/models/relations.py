"""Which products go well with which."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import audited
from shop.lib.columns import Ref
from shop.lib.stamp import shown


@shown
@audited()
class ProductRelation(Model):
    """That the owner shows one product on another's page; `position` is its place there."""

    __tablename__ = "product_relation"
    __table_args__ = (CheckConstraint("product_id <> related_id", "two_products"),)

    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id"), primary_key=True)
    related_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id"), primary_key=True)
    position: Mapped[int]
