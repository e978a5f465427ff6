"""The size guide of a kind of garment."""

from __future__ import annotations

from dataclasses import dataclass

from shop.catalog.lookups import there
from shop.catalog.models import ProductType
from shop.catalog.size_guide.tables import SizeTable
from shop.lib.errors import NotFound
from shop.lib.files.kinds import StoredPicture
from shop.lib.queries import one_or_404


@dataclass(frozen=True)
class SizeGuide:
    """What is said of a kind's sizes. `garment` is the part of a person it dresses."""

    slug: str
    name: str
    garment: str
    table: SizeTable
    picture: StoredPicture | None


def guide_of(slug: str) -> SizeGuide:
    """The guide of the product type with a slug; NotFound also where it says nothing of its sizes."""
    row = one_or_404(there(ProductType).where(ProductType.slug == slug))
    if not (row.size_table or row.chart):
        raise NotFound
    return SizeGuide(row.slug, row.name, row.garment, SizeTable.of(row.size_table), row.chart)
