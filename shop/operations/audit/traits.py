"""What facets count of whole products against what filters find."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select

from shop.catalog.models import ListingAssortment, ListingRow, ProductAttribute
from shop.catalog.traits import traits
from shop.extensions import db

AT_ONCE = 5000


def traits_that_differ_from_rows() -> list[str]:
    """Products whose traits say something else than their row of the listing and the details they have."""
    asked = (ListingRow.brand_id, ListingRow.product_type_id, ListingRow.occasion_id, ListingRow.discount_percent)
    found = select(ListingRow.product_id, *asked, ListingAssortment.traits, ProductAttribute.value_id)
    found = found.outerjoin(ListingAssortment, ListingAssortment.product_id == ListingRow.product_id)
    found = found.outerjoin(ProductAttribute, ProductAttribute.product_id == ListingRow.product_id)
    listed = db.session.execute(found.order_by(ListingRow.product_id).execution_options(yield_per=AT_ONCE))
    wrong = []
    for (product_id, brand, kind, occasion, discount, text), rows in groupby(listed, key=lambda row: tuple(row[:-1])):
        if text != traits(brand, kind, occasion, discount, (row.value_id for row in rows if row.value_id)):
            wrong.append(f"product {product_id}: its traits are not those of its row")
    return wrong
