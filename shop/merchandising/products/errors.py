"""What can go wrong when the owner makes or changes a product."""

from __future__ import annotations

from collections.abc import Mapping

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


class PlacesRefused(ShopError):
    """Some colours and sizes of a product break a rule, each by its own error; it speaks for the first of them."""

    def __init__(self, errors: Mapping[tuple[int, int], ShopError]) -> None:
        self.errors = dict(errors)
        first = next(iter(self.errors.values()))
        super().__init__(str(first), field=first.field)
        self.status = first.status


class BadVariants(ShopError):
    """Variants that cannot stand beside each other."""

    field = "variants"
