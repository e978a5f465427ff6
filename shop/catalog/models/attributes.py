"""What listings filter by beyond their columns: the details of products that the owner chose."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.catalog.models.lookups import LONGEST_NAME, LONGEST_SLUG
from shop.extensions import Model
from shop.lib.audit_log.marks import audited, own_history
from shop.lib.columns import Id, Ref
from shop.lib.stamp import shown


@shown
@audited()
class Attribute(Model):
    """A detail that products state in their specifications and shoppers filter by, such as Fit.

    A product's detail of any spelling that makes the same `slug` is this one.
    """

    __tablename__ = "attribute"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))


@shown
@own_history("made of what products' specifications say")
class AttributeValue(Model):
    """What products say of an attribute, in the spelling that came first.

    No id comes twice, since rows of listings name it.
    """

    __tablename__ = "attribute_value"
    __table_args__ = (UniqueConstraint("attribute_id", "slug"), {"sqlite_autoincrement": True})

    id: Mapped[Id]
    attribute_id: Mapped[int] = mapped_column(Ref, ForeignKey("attribute.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(LONGEST_SLUG))
    label: Mapped[str] = mapped_column(String(LONGEST_NAME))


@shown
@own_history("written anew from products' specifications")
class ProductAttribute(Model):
    """That a product on the shelf has a value."""

    __tablename__ = "product_attribute"
    __table_args__ = (Index("ix_product_attribute_value", "value_id", "product_id"),)

    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    value_id: Mapped[int] = mapped_column(Ref, ForeignKey("attribute_value.id", ondelete="CASCADE"), primary_key=True)
