"""What can go wrong when the owner makes or changes a product."""

from __future__ import annotations

from shop.lib.errors import ShopError


class NotReady(ShopError):
    """A product that lacks what shoppers must see of it."""

    field = "published"


class BadMoment(ShopError):
    """A moment at which a product cannot come on the shelf."""

    field = "publish_at"


class BadRelation(ShopError):
    """A product that cannot be said to go well with another."""

    field = "product"


class BadAddress(ShopError):
    """A slug that no address can be made of."""

    field = "slug"

    def __init__(self) -> None:
        super().__init__("Use small letters, digits and single dashes, like camp-shirt.")


class AddressTaken(ShopError):
    """A slug that another product has, be it a deleted one."""

    status = 409
    field = "slug"

    def __init__(self) -> None:
        super().__init__("Another product has this address.")


class SkuTaken(ShopError):
    """A SKU that another variant has."""

    status = 409
    field = "sku"

    def __init__(self, sku: str) -> None:
        super().__init__(f"Another variant has the SKU {sku}.")


class BadVariants(ShopError):
    """Variants that cannot stand beside each other."""

    field = "variants"
