"""The verbs of a product's pictures. Each takes the product's row first and keeps the listing true."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Picture, Product
from shop.catalog.pictures import picture_json, picture_of_row
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.events import emit
from shop.lib.queries import one_or_404
from shop.merchandising.errors import ChangedMeanwhile
from shop.merchandising.pictures.arriving import NewPicture
from shop.merchandising.pictures.events import PictureStored
from shop.merchandising.pictures.files import let_go
from shop.merchandising.pictures.rules import check_colour, check_not_primary, check_room
from shop.merchandising.services import list_again, lock_product


@dataclass(frozen=True)
class Words:
    """What somebody says of a picture, and the mark of what they saw there."""

    alt: str
    colour_id: int | None
    seen: str


def mark_of(alt: str, colour_id: int | None) -> str:
    """A short mark of what is said of a picture; it differs as soon as that does."""
    return hashlib.sha256(f"{colour_id} {alt}".encode()).hexdigest()[:16]


def add(
    product_id: int, new: NewPicture, *, alt: str = "", colour_id: int | None = None, file_name: str | None = None
) -> Picture:
    """Show one more picture of a product, behind the others; its further widths are drawn later.

    `file_name` is what it is known by when it is sent again. Raises TooManyPictures, OtherColour, NotFound.
    """
    product = lock_product(product_id)
    check_room(product.pictures)
    check_colour(product, colour_id)
    last = max((picture.position for picture in product.pictures), default=-1)
    picture = Picture(product_id=product_id, position=last + 1, alt=alt, colour_id=colour_id, file_name=file_name)
    _show(picture, new)
    db.session.add(picture)
    _changed(product)
    emit(PictureStored(picture.id))
    return picture


def replace(picture_id: int, new: NewPicture) -> Picture:
    """Show other files under the same place, text and colour; those before go after the commit. Raises NotFound."""
    picture = lock_picture(picture_id)
    before = picture.stem
    _show(picture, new)
    let_go(picture.product_id, before, picture_json(picture_of_row(picture)))
    _changed(picture.product)
    emit(PictureStored(picture.id))
    return picture


def describe(picture_id: int, alt: str, colour_id: int | None) -> Picture:
    """Say what a picture shows, and of which colour; None is for all. Raises OtherColour, NotFound."""
    picture = lock_picture(picture_id)
    check_colour(picture.product, colour_id)
    picture.alt, picture.colour_id = alt, colour_id
    _changed(picture.product)
    return picture


def edit(product_id: int, order: Sequence[int], words: Mapping[int, Words], *, without: int | None = None) -> None:
    """Save a product's pictures as somebody put them in order and described them, one deleted: all of it or nothing.

    Raises ChangedMeanwhile where somebody else described one since, PrimaryStays, OtherColour, NotFound.
    """
    product = lock_product(product_id)
    gone = [picture for picture in product.pictures if picture.id == without]
    if without and not gone:
        raise NotFound
    for picture in gone:
        check_not_primary(product, picture)
    said = [(picture, words[picture.id]) for picture in product.pictures if picture.id in words]
    for picture, new in said:
        check_colour(product, new.colour_id)
        if new.seen != mark_of(picture.alt, picture.colour_id):
            raise ChangedMeanwhile(f"“{picture.alt}”", field=f"alt-{picture.id}")
    for picture, new in said:
        picture.alt, picture.colour_id = new.alt, new.colour_id
    for picture in gone:
        picture.deleted_at = now()
    arrange(product_id, order)


def arrange(product_id: int, order: Sequence[int]) -> None:
    """Put a product's pictures in this order, by id, the first one first; those not named stay behind, as they were.

    Raises NotFound for a product that is not there; ids of pictures that are gone mean nothing.
    """
    product = lock_product(product_id)
    place = {picture_id: number for number, picture_id in enumerate(dict.fromkeys(order))}
    for number, picture in enumerate(sorted(product.pictures, key=lambda one: place.get(one.id, len(place)))):
        picture.position = number
    _changed(product)


def move(picture_id: int, to: int) -> Picture:
    """Put a picture at a place among the others, 0 for the first. Raises NotFound."""
    picture = lock_picture(picture_id)
    others, place = [one.id for one in picture.product.pictures if one.id != picture_id], max(0, to)
    arrange(picture.product_id, [*others[:place], picture_id, *others[place:]])
    return picture


def remove(picture_id: int) -> None:
    """Show a picture no more; it can be put back until its files go. Raises PrimaryStays, NotFound."""
    picture = lock_picture(picture_id)
    check_not_primary(picture.product, picture)
    picture.deleted_at = now()
    _changed(picture.product)


def put_back(picture_id: int) -> Picture:
    """Show a deleted picture again, where it was. Raises TooManyPictures, NotFound."""
    picture = lock_picture(picture_id, deleted=True)
    check_room(picture.product.pictures)
    picture.deleted_at = None
    _changed(picture.product)
    return picture


def put_back_values(picture_id: int, values: dict[str, Any]) -> None:
    """Give a picture the text, colour, place or being there it had before. Raises what the other verbs raise."""
    if values.get("deleted_at"):
        remove(picture_id)
        return
    picture = lock_picture(picture_id, deleted=None)
    check_room([one for one in picture.product.pictures if one is not picture])
    check_colour(picture.product, values.get("colour_id", picture.colour_id))
    for name, value in values.items():
        setattr(picture, name, value)
    _changed(picture.product)


def lock_picture(picture_id: int, *, deleted: bool | None = False) -> Picture:
    """A picture as it is now, its product's row taken first. Raises NotFound.

    `deleted` asks for one that is, or is not; None for either.
    """
    product_id = db.session.scalar(select(Picture.product_id).where(Picture.id == picture_id))
    if product_id is None:
        raise NotFound
    lock_product(product_id)
    wanted = select(Picture).where(Picture.id == picture_id)
    if deleted is not None:
        wanted = wanted.where(Picture.deleted_at.is_not(None) if deleted else Picture.deleted_at.is_(None))
    return one_or_404(wanted.with_for_update(of=Picture).execution_options(populate_existing=True))


def _show(picture: Picture, new: NewPicture) -> None:
    picture.stem, picture.digest, picture.has_avif = new.stored.stem, new.digest, False
    picture.width, picture.height = new.size
    picture.widths = [picture.width]


def _changed(product: Product) -> None:
    db.session.flush()
    db.session.expire(product, ["pictures"])
    list_again(product)
