"""SKUs: made from a product's address, its colour and its size, and there once in the whole shop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from shop.catalog.models import Colour, Size, Variant
from shop.extensions import db
from shop.merchandising.products.errors import BadVariants

LONGEST_SKU = 60


@dataclass(frozen=True)
class Codes:
    """What colours and sizes are called in SKUs, by id."""

    colours: Mapping[int, str]
    sizes: Mapping[int, str]

    def sku(self, style: str, colour_id: int, size_id: int) -> str:
        """The SKU of a style in a colour and size; of a long one the style is cut, so that these stay told apart."""
        tail = f"-{self.colours[colour_id]}-{self.sizes[size_id]}".upper()[-LONGEST_SKU:]
        return style.upper()[: LONGEST_SKU - len(tail)].strip("-") + tail


def held_codes(places: Iterable[tuple[int, int]]) -> Codes:
    """The codes of colours and sizes; none of them is deleted until this unit ends. Raises BadVariants.

    They are taken before the product's row, as by whoever changes one of them.
    """
    wanted = list(places)
    return Codes(_held(Colour, {colour for colour, _ in wanted}), _held(Size, {size for _, size in wanted}))


def taken_skus(skus: Iterable[str]) -> set[str]:
    """Those of these SKUs that variants have."""
    return set(db.session.scalars(select(Variant.sku).where(Variant.sku.in_(sorted(skus)))))


def _held(model: type[Colour] | type[Size], ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = select(model.id, model.slug).where(model.id.in_(sorted(ids))).order_by(model.id)
    if model is Colour:
        found = found.where(Colour.deleted_at.is_(None))
    slugs = {row.id: row.slug for row in db.session.execute(found.with_for_update(read=True, key_share=True))}
    if ids - slugs.keys():
        raise BadVariants("A colour or size is not there any more.")
    return slugs
