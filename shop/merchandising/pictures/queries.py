"""What the owner's page shows of a product's pictures."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from shop.catalog.models import Colour, Picture, Product, Variant
from shop.extensions import db


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
