"""What promotions know of people: which of them an account used, under its number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.extensions import db
from shop.lib.personal import Because, Holding, plain
from shop.promotions.models import Promotion, Redemption
from shop.promotions.redemptions import customer_key

COUNTED = Because("Says that an order used one, under a number that leads to nobody once the account is empty.")


def _used(user_id: int) -> list[dict[str, Any]]:
    mine = select(Redemption, Promotion).join(Promotion, Promotion.id == Redemption.promotion_id)
    found = db.session.execute(mine.where(Redemption.customer_key == customer_key(user_id, "")).order_by(Redemption.id))
    return [
        {"name": promotion.name, "code": promotion.code, "amount": plain(use.amount), "used_at": plain(use.created_at)}
        for use, promotion in found
    ]


HOLDINGS = (Holding((Redemption.__tablename__,), "coupons.json", _used, COUNTED),)
