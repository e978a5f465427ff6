"""What stock knows of people: who of the team moved it, under their name, and who waits for a size."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.personal import Because, Holding, plain
from shop.stock.models import BackInStock, LedgerEntry, StockTake
from shop.stock.queries import names_of

WORK = Because("Says who of the team did it, as the books need.")


def _waits(user_id: int) -> list[dict[str, Any]]:
    found = db.session.scalars(select(BackInStock).where(_of(user_id)).order_by(BackInStock.id)).all()
    names = names_of(row.variant_id for row in found)
    return [
        {"size": names[row.variant_id], "asked_at": plain(row.created_at), "told_at": plain(row.told_at)}
        for row in found
    ]


def _forget_waits(user_id: int) -> None:
    db.session.execute(delete(BackInStock).where(_of(user_id)).execution_options(synchronize_session=False))


def _of(user_id: int) -> ColumnElement[bool]:
    """Of the account, or asked for as a guest with an address that is proven to be the person's."""
    user = db.session.get_one(User, user_id)
    is_proven = user.email is not None and user.email_verified_at is not None
    return or_(BackInStock.user_id == user_id, BackInStock.email == (user.email if is_proven else None))


HOLDINGS = (
    Holding((LedgerEntry.__tablename__, StockTake.__tablename__), "", WORK, WORK),
    Holding((BackInStock.__tablename__,), "back_in_stock.json", _waits, _forget_waits),
)
