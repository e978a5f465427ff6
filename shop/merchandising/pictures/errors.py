"""What can go wrong with pictures of products."""

from __future__ import annotations

from shop.lib.errors import ShopError


class PrimaryStays(ShopError):
    """The first picture stands for its product."""

    status = 409

    def __init__(self) -> None:
        super().__init__("The first picture stands for the product. Put another one first, or replace it.")


class TooManyPictures(ShopError):
    """A product has as many pictures as it may have."""

    status = 409

    def __init__(self, most: int) -> None:
        super().__init__(f"A product has at most {most} pictures. Delete one first.")


class OtherColour(ShopError):
    """A colour the product does not come in."""

    def __init__(self, field: str = "colour") -> None:
        super().__init__("The product does not come in this colour.", field=field)


class NotDescribed(ShopError):
    """A product goes on the shelf with pictures that nobody has described."""

    field = "published"

    def __init__(self, count: int) -> None:
        which = "A picture has" if count == 1 else f"{count} pictures have"
        super().__init__(f"{which} no description yet. Write it before the product goes on the shelf.")
