"""What can go wrong with a bag."""

from __future__ import annotations

from shop.lib.errors import ShopError

MOST, MOST_LINES = 100, 100


class BadQuantity(ShopError):
    """The number is none, or outside 1–100."""

    field = "quantity"

    def __init__(self) -> None:
        super().__init__(f"Choose a quantity from 1 to {MOST}.")


class NotEnough(ShopError):
    """Fewer units are for sale than asked for."""

    field = "quantity"

    def __init__(self, left: int, in_bag: int = 0) -> None:
        self.left = left
        if left <= 0:
            super().__init__("This size is sold out.", field="variant_id")
        elif in_bag:
            super().__init__(f"Only {left} left, and your bag already holds {in_bag}.")
        else:
            super().__init__(f"Only {left} left.")


class BagFull(ShopError):
    """More sizes than one bag holds: each is weighed, priced and held together with all others."""

    status = 409

    def __init__(self) -> None:
        super().__init__(f"A bag holds {MOST_LINES} different sizes. Order these first.")


class WrongSize(ShopError):
    """The size belongs to another product."""

    field = "variant_id"

    def __init__(self) -> None:
        super().__init__("Choose a size of this product.")


class WrongColour(ShopError):
    """The product does not come in this colour."""

    field = "color"

    def __init__(self) -> None:
        super().__init__("Choose a color this product comes in.")


class NothingToShare(ShopError):
    """The wishlist is empty."""

    def __init__(self) -> None:
        super().__init__("There is nothing on your wishlist to share yet.")
