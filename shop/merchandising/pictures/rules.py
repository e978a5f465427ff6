"""What pictures of a product have to be."""

from __future__ import annotations

from collections.abc import Sized

from shop.catalog.models import Picture, Product
from shop.merchandising.pictures.errors import NotDescribed, OtherColour, PrimaryStays, TooManyPictures

MOST = 60


def check_described(product: Product) -> None:
    """Raise NotDescribed while a picture has no alternative text (WCAG 2.2, 1.1.1)."""
    if missing := sum(not picture.alt for picture in product.pictures):
        raise NotDescribed(missing)


def check_room(pictures: Sized) -> None:
    """Raise TooManyPictures where no further one fits."""
    if len(pictures) >= MOST:
        raise TooManyPictures(MOST)


def check_colour(product: Product, colour_id: int | None) -> None:
    """Raise OtherColour for one the product does not come in; None is for pictures of all its colours."""
    if colour_id is not None and colour_id not in {variant.colour_id for variant in product.variants}:
        raise OtherColour


def check_not_primary(product: Product, picture: Picture) -> None:
    """Raise PrimaryStays for the first picture (CAT-05), unless it is the only one of a product not on the shelf."""
    is_last_of_hidden = len(product.pictures) == 1 and not product.is_on_shelf
    if product.pictures[0] is picture and not is_last_of_hidden:
        raise PrimaryStays
