"""The files behind a product's pictures: further widths are drawn, and all of them go with the picture."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Picture
from shop.catalog.pictures import picture_json, picture_of_row
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.files.columns import StemColumn
from shop.lib.files.kinds import PRODUCT_PICTURE, StoredPicture
from shop.lib.files.storage import forget
from shop.lib.files.widths import Drawn, draw_widths
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.merchandising.services import list_again, lock_product
from shop.orders import services as orders

PUT_BACK = timedelta(days=1)
"""How long a deleted picture can be put back."""
STEM = StemColumn(PRODUCT_PICTURE)


def draw(picture_id: int) -> None:
    """Draw the further widths of a picture and show them. Opens units of its own. Raises Busy, StoreDown."""
    with unit_of_work(read_only=True):
        picture = db.session.get(Picture, picture_id)
        stored = STEM.picture_named(picture.stem) if picture else None
    drawn = draw_widths(stored) if stored else None
    if stored and drawn:
        with unit_of_work():
            _note(picture_id, stored, drawn)


def let_go(product_id: int, stem: str, instead: dict[str, Any] | None = None) -> None:
    """Let the files of a picture go after this unit has committed; orders that showed it show another, or none.

    Files that ship with the shop stay, and so do orders' pictures of them.
    """
    if stored := STEM.picture_named(stem):
        orders.show_picture(product_id, stem, instead)
        forget(stored)


def forget_deleted() -> int:
    """Forget pictures that were deleted long enough ago, and their files; how many there were."""
    gone = select(Picture).where(Picture.deleted_at < now() - PUT_BACK)
    pictures = rows(gone.order_by(Picture.product_id, Picture.id).with_for_update())
    for picture in pictures:
        let_go(picture.product_id, picture.stem)
        db.session.delete(picture)
    db.session.flush()
    return len(pictures)


def _note(picture_id: int, stored: StoredPicture, drawn: Drawn) -> None:
    """Write down what was drawn; files of a picture that was replaced or forgotten meanwhile go again."""
    product_id = db.session.scalar(select(Picture.product_id).where(Picture.id == picture_id))
    product = lock_product(product_id) if product_id else None
    picture = db.session.get(Picture, picture_id, populate_existing=True)
    if product is None or picture is None or picture.stem != stored.stem:
        forget(stored)
        return
    picture.widths, picture.has_avif = list(drawn.widths), drawn.has_avif
    orders.show_picture(picture.product_id, picture.stem, picture_json(picture_of_row(picture)))
    list_again(product)
