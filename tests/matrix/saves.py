"""What everybody of the matrix saved a moment ago, so that they can undo it."""

from __future__ import annotations

from typing import Any

from shop.catalog.models import Brand, Product
from shop.extensions import db
from shop.lib.audit_log import values
from shop.lib.clock import now
from shop.lib.http.request_log import new_id
from shop.lib.models import AuditAction, AuditEntry
from shop.promotions.models import Promotion
from tests.matrix.goods import SHOWN
from tests.promotions.making import COUPON_NAME


def saves_of(user_id: int, shared: dict[str, Any]) -> dict[str, Any]:
    """A name that somebody gave to the product, and one to a brand."""
    return {
        "product save": _named(Product, shared["product"], SHOWN, user_id),
        "catalogue save": _named(Brand, shared["spare brand"], "Spare", user_id),
        "coupon save": _named(Promotion, shared["coupon"], COUPON_NAME, user_id),
    }


def _named(model: Any, row_id: int, name: str, user_id: int) -> int:
    before, after = (values.kept(model.__table__, {"name": one}, None) for one in (f"{name} before", name))
    row = {"table_name": model.__tablename__, "record_id": str(row_id), "actor_kind": "staff", "request_id": new_id()}
    entry = AuditEntry(at=now(), action=AuditAction.UPDATE, before=before, after=after, user_id=user_id, **row)
    db.session.add(entry)
    db.session.flush()
    return entry.id
