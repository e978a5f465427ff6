"""What the owner's page shows of a product's pictures."""

from __future__ import annotations

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from shop.catalog.models import Colour, Picture, Product, Variant
from shop.extensions import db
from shop.lib.queries import one_or_404
from shop.merchandising.pictures.errors import OtherColour


def pictures_of(product_id: int) -> Select[Picture]:
    """A product's pictures in the owner's order with their colours, also those that can be put back."""
    wanted = select(Picture).where(Picture.product_id == product_id)
    return wanted.options(joinedload(Picture.colour)).order_by(Picture.position, Picture.id)


def picture(picture_id: int) -> Select[Picture]:
    """One picture that is not deleted, of a product that is not."""
    there = select(Picture).join(Picture.product).where(Picture.id == picture_id)
    return there.where(Picture.deleted_at.is_(None), Product.deleted_at.is_(None))


def colours_of(product_id: int) -> list[tuple[int, str]]:
    """The colours a product is sold in."""
    worn = select(Variant.colour_id).where(Variant.product_id == product_id, Variant.retired_at.is_(None))
    found = select(Colour.id, Colour.name).where(Colour.id.in_(worn)).order_by(Colour.id)
    return [(row.id, row.name) for row in db.session.execute(found)]


def pictures(product_id: int | None, *, hidden: bool) -> Select[Picture]:
    """Pictures of products on the shelf, or also of `hidden` ones, product by product in the owner's order."""
    there = select(Picture).join(Picture.product).where(Picture.deleted_at.is_(None), Product.deleted_at.is_(None))
    if not hidden:
        there = there.where(Product.published_at.is_not(None))
    if product_id is not None:
        there = there.where(Picture.product_id == product_id)
    shown = there.options(joinedload(Picture.colour), contains_eager(Picture.product).selectinload(Product.pictures))
    shown = shown.execution_options(populate_existing=True)
    return shown.order_by(Picture.product_id, Picture.position, Picture.id)


def shown_picture(picture_id: int, *, hidden: bool) -> Picture:
    """One of them. Raises NotFound."""
    return one_or_404(pictures(None, hidden=hidden).where(Picture.id == picture_id))


def colour_called(product_id: int, name: str) -> int:
    """The colour of a product by its slug or name. Raises OtherColour."""
    worn = select(Variant.colour_id).where(Variant.product_id == product_id)
    called = or_(Colour.slug == name, func.lower(Colour.name) == name.lower())
    found = db.session.scalar(select(Colour.id).where(Colour.id.in_(worn), called).order_by(Colour.id).limit(1))
    if found is None:
        raise OtherColour("color")
    return found


def colour_of_variant(product_id: int, variant_id: int) -> int:
    """The colour of one of a product's variants. Raises NotFound."""
    wanted = select(Variant.colour_id).where(Variant.id == variant_id, Variant.product_id == product_id)
    return one_or_404(wanted)
