"""What the states of coupons are called, unless the owner says otherwise."""

from __future__ import annotations

from sqlalchemy import exists, select

from shop.extensions import db
from shop.lib.clock import now
from shop.promotions.listing import stands
from shop.promotions.models import Promotion
from shop.promotions.states import CouponState
from shop.store.labels import BuiltIn, Lookup

S = CouponState


def _stands_so(code: str) -> bool:
    return bool(db.session.scalar(select(exists(select(Promotion.id).where(stands(code, now()))))))


COUPON_STATUS = Lookup("coupons-status", "status", (
    BuiltIn(1, S.ACTIVE, "Active"),
    BuiltIn(2, S.SCHEDULED, "Scheduled", ("upcoming",)),
    BuiltIn(3, S.EXPIRED, "Expired"),
    BuiltIn(4, S.USED_UP, "Used up", ("exhausted",)),
    BuiltIn(5, S.PAUSED, "Paused", ("inactive", "disabled")),
    BuiltIn(6, S.ARCHIVED, "Archived"),
), _stands_so)  # fmt: skip
