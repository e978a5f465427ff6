"""The owner decides who may pay the courier, whatever the points say."""

from __future__ import annotations

from shop.accounts.models import User
from shop.checkout.models import CashOverride
from shop.checkout.trust import Answer
from shop.extensions import db
from shop.lib.errors import NotFound


def override_cash(user_id: int, answer: Answer | None) -> None:
    """Decide for a customer, or leave it to their points again for None. Raises NotFound."""
    if db.session.get(User, user_id, with_for_update=True) is None:
        raise NotFound
    kept = db.session.get(CashOverride, user_id)
    if answer is None:
        if kept:
            db.session.delete(kept)
    elif kept:
        kept.answer = answer
    else:
        db.session.add(CashOverride(user_id=user_id, answer=answer))
    db.session.flush()
