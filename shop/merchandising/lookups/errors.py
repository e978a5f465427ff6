"""What can go wrong when the owner changes what products are sorted by."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shop.lib.errors import ShopError

if TYPE_CHECKING:
    from shop.merchandising.lookups.hanging import Hanging


class NameTaken(ShopError):
    """Another row of the kind has the name or the slug; `str.casefold` compares names."""

    status = 409


class BadSlug(ShopError):
    """A slug that cannot stand in an address."""

    field = "slug"


class InUse(ShopError):
    """Something that products need is not deleted while they need it."""

    status = 400


class StillNamed(ShopError):
    """Products or sub-categories hang on what should go, and nobody said what becomes of them."""

    status = 409

    def __init__(self, name: str, hanging: Hanging) -> None:
        super().__init__(f"{name} is in use: {hanging}. Move them first, or delete them along with it.")
        self.hanging = hanging

    @property
    def more(self) -> dict[str, Any]:
        return {"stats": asdict(self.hanging)}
