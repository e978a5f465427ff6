"""What promotions know of people: which of them an account used, under its number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from shop.extensions import db
from shop.lib.personal import FORMER, Because, Holding, plain, told_rows
from shop.promotions.credit.models import StoreCreditEntry
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


def _forget_reasons(user_id: int) -> None:
    """The ledger's amounts stay for the books; what was written about the person goes."""
    said = update(StoreCreditEntry).where(StoreCreditEntry.user_id == user_id)
    db.session.execute(said.values(reason="", actor=" ".join(FORMER)).execution_options(synchronize_session=False))


HOLDINGS = (
    Holding((Redemption.__tablename__,), "coupons.json", _used, COUNTED),
    Holding(("store_credit", "store_credit_entry"), "store_credit.json",
            told_rows(StoreCreditEntry.user_id, "actor"), _forget_reasons),
)  # fmt: skip
