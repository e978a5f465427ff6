"""What those who run the shop are told.

A writer returns None where there is nobody to write to, or nothing left to say.
"""

from __future__ import annotations

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.http.answers import external_url
from shop.lib.queries import count_of
from shop.notifications.letters.letter import Letter
from shop.stock.events import LowStockFound
from shop.stock.queries.low import low_of_alert
from shop.store.queries import store

MOST_LISTED = 30


def write_low_stock(event: LowStockFound) -> Letter | None:
    """The sizes that ran low, fewest first; those that new goods came in for meanwhile are left out."""
    recipient = _address_of(event.user_id)
    low = low_of_alert(event.alert_id)
    found = db.session.execute(low.limit(MOST_LISTED)).all() if recipient else []
    if recipient is None or not found:
        return None
    count = count_of(low)
    title = f"{found[0].product}, {found[0].colour}, {found[0].size}" if count == 1 else f"{count} sizes"
    facts = {"title": title, "count": count, "rows": found, "rest": count - len(found)}
    action = {"action_url": external_url("staff_stock.index", view="low"), "action_label": "See what is low"}
    return Letter(recipient, facts | action, user_id=event.user_id or None)


def _address_of(user_id: int) -> str | None:
    if not user_id:
        return store().email or None
    user = db.session.get(User, user_id)
    return None if user is None or user.erased_at else user.email
