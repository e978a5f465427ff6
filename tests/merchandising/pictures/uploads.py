"""Uploaded pictures of products, as tests make them."""

from pathlib import Path

from sqlalchemy import select

from shop.catalog.models import ListingRow, Picture
from shop.extensions import db
from shop.lib.files.drawing import drawn
from shop.lib.files.kinds import PRODUCT_PICTURE
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.pictures import services
from shop.merchandising.pictures.arriving import arriving
from tests.lib.files.parts import encoded, quarters


def a_file(width: int = 400, height: int = 500) -> bytes:
    return encoded(quarters(width, height), "PNG")


def upload(product_id: int, *, alt: str = "Front", colour_id: int | None = None, width: int = 400) -> int:
    """A picture of a product as its page sends it; its id."""
    height = width * 5 // 4
    with arriving(drawn(a_file(width, height), PRODUCT_PICTURE)) as new, unit_of_work():
        return services.add(product_id, new, alt=alt, colour_id=colour_id).id


def shown(product_id: int) -> list[int]:
    """The ids of a product's pictures in their order."""
    db.session.rollback()
    there = select(Picture.id).where(Picture.product_id == product_id, Picture.deleted_at.is_(None))
    return list(db.session.scalars(there.order_by(Picture.position, Picture.id)))


def listed(product_id: int) -> list[str]:
    """The stems of a product's pictures in its listing row."""
    db.session.rollback()
    return [kept["stem"] for kept in db.session.get_one(ListingRow, product_id, populate_existing=True).pictures]


def row(picture_id: int) -> Picture:
    db.session.rollback()
    return db.session.get_one(Picture, picture_id, populate_existing=True)


def files(media: Path) -> list[str]:
    """The names of all files, their tokens cut off."""
    return sorted(path.name[32:] for path in media.rglob("*") if path.is_file())
