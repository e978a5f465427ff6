"""Which variant is meant: `{product_id, size}` is the only one that matches, a colour or its id decides (API-04)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from shop.catalog.models import Product, Variant
from shop.lib.errors import NotFound, ShopError
from shop.lib.queries import rows


class WhichVariant(ShopError):
    """None or several variants match; `choices` are those one may choose from."""

    def __init__(self, message: str, field: str, choices: Sequence[Variant]) -> None:
        super().__init__(message, field=field)
        self.choices = tuple((variant.id, variant.size.label, variant.colour.name) for variant in choices)

    @property
    def more(self) -> dict[str, Any]:
        return {
            "choices": [{"variant_id": str(id), "size": size, "color": colour} for id, size, colour in self.choices]
        }


def choose_variant(
    product_id: int, *, size: str | None = None, colour: str | None = None, variant_id: int | None = None
) -> Variant:
    """The only variant of a product on the shelf that fits what was said; size and colour by name or slug.

    Raises NotFound for a product that is not sold, WhichVariant when none or several fit.
    """
    left = rows(_sold_of(product_id))
    if not left:
        raise NotFound
    for field, said, fits in (
        ("variant_id", variant_id, lambda variant: variant.id == variant_id),
        ("size", size, lambda variant: _is_called(size, variant.size.label, variant.size.slug)),
        ("color", colour, lambda variant: _is_called(colour, variant.colour.name, variant.colour.slug)),
    ):
        left = left if said is None else _fitting(left, field, fits)
    if len(left) > 1:
        raise WhichVariant("Several match. Say which one.", "size" if size is None else "color", left)
    return left[0]


def _fitting(variants: Sequence[Variant], field: str, fits: Callable[[Variant], bool]) -> list[Variant]:
    found = [variant for variant in variants if fits(variant)]
    if not found:
        raise WhichVariant("This product does not come that way.", field, variants)
    return found


def _is_called(said: str | None, *names: str) -> bool:
    return (said or "").strip().casefold() in {name.casefold() for name in names}


def _sold_of(product_id: int) -> Select[Variant]:
    sold = select(Variant).join(Variant.product).join(Variant.colour).join(Variant.size)
    sold = sold.where(Variant.product_id == product_id, Variant.retired_at.is_(None))
    sold = sold.where(Product.published_at.is_not(None), Product.deleted_at.is_(None)).order_by(Variant.id)
    return sold.options(contains_eager(Variant.colour), contains_eager(Variant.size))
