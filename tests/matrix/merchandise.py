"""The owner's shelf beyond single edits: sales that have a time, many products at once, the shelf in the list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shop.accounts.permissions import Permission as P
from shop.catalog.models import SaleSchedule
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.jobs import services
from shop.lib.jobs.states import JobState
from shop.lib.money import Money
from shop.merchandising.bulk.editing import JOB
from tests.factories import a_variant
from tests.matrix.entries import entry, own, the


def planned_sale() -> dict[str, Any]:
    """A sale that has not begun."""
    variant, starts_at = a_variant(name="Planned tee"), now() + timedelta(days=30)
    sale = SaleSchedule(variant=variant, sale_price=Money(99900), starts_at=starts_at)
    db.session.add(sale)
    db.session.flush()
    return {"planned product": variant.product_id, "planned sale": sale.id}


def bulk_edit_of(user_id: int | None) -> dict[str, Any]:
    """An edit of many products that somebody made."""
    job = services.write_down(JOB, Actor("staff", "Somebody", user_id), total=0, ids=[], action="hide", value=0)
    job.state, job.ended_at, job.outcome = JobState.DONE, now(), "0 products changed."
    db.session.flush()
    return {"bulk edit": job.id}


SALES = "/staff/products/<int:product_id>/sales"
BULK = "/staff/products/bulk"
FEATURE = {"action": "feature", "seen": "1", "key": "once", "may": own("imports")}
MERCHANDISE = [
    entry(f"GET {SALES}", P.PRODUCT_READ, product_id=the("product")),
    entry(f"POST {SALES}", P.PRODUCT_UPDATE, "sale_schedule", "variant", "listing_row", product_id=the("product"),
          body={"price": "20%", "variants": own("variant")}),
    entry(f"POST {SALES}/removal", P.PRODUCT_UPDATE, "sale_schedule", product_id=the("planned product"),
          body={"sale": the("planned sale")}),
    entry("POST /staff/products/<int:product_id>/shelf", P.PRODUCT_UPDATE, "product", "listing_row",
          product_id=the("product")),
    entry(f"GET {BULK}", P.PRODUCT_UPDATE, query={"action": "feature", "product": the("product", alike=200)}),
    entry(f"POST {BULK}", P.PRODUCT_UPDATE, "product", "job", "idempotency_key",
          body=FEATURE | {"product": the("product", alike=409)}),
    entry(f"GET {BULK}/<int:job_id>", P.JOB_READ, job_id=the("bulk edit")),
    entry(f"POST {BULK}/<int:job_id>/removal", P.PRODUCT_UPDATE, "job", job_id=the("bulk edit"),
          body={"may": own("imports")}),
]  # fmt: skip
