"""The owner's shelf beyond single edits: sales that have a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shop.accounts.permissions import Permission as P
from shop.catalog.models import SaleSchedule
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from tests.factories import a_variant
from tests.matrix.entries import entry, own, the


def planned_sale() -> dict[str, Any]:
    """A sale that has not begun."""
    variant, starts_at = a_variant(name="Planned tee"), now() + timedelta(days=30)
    sale = SaleSchedule(variant=variant, sale_price=Money(99900), starts_at=starts_at)
    db.session.add(sale)
    db.session.flush()
    return {"planned product": variant.product_id, "planned sale": sale.id}


SALES = "/staff/products/<int:product_id>/sales"
MERCHANDISE = [
    entry(f"GET {SALES}", P.PRODUCT_READ, product_id=the("product")),
    entry(f"POST {SALES}", P.PRODUCT_UPDATE, "sale_schedule", "variant", "listing_row", product_id=the("product"),
          body={"price": "20%", "variants": own("variant")}),
    entry(f"POST {SALES}/removal", P.PRODUCT_UPDATE, "sale_schedule", product_id=the("planned product"),
          body={"sale": the("planned sale")}),
]  # fmt: skip
