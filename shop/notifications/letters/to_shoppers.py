"""What people are told of goods they asked about.

A writer returns None where there is nobody to write to, or nothing left to say.
"""

from __future__ import annotations

from typing import Any

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.http.answers import external_url
from shop.notifications.letters.letter import Letter
from shop.stock.events import CameBack
from shop.stock.models import BackInStock
from shop.stock.queries import for_sale
from shop.stock.queries.waiting import size_on_shelf
from shop.stock.services import token_of, wait_on


def write_back_in_stock(event: CameBack) -> Letter | None:
    """To whoever waits for a size, if it is still there; else they wait on."""
    waiting = db.session.get(BackInStock, event.waiting_id)
    if waiting is None:
        return None
    user = db.session.get(User, waiting.user_id) if waiting.user_id else None
    recipient = user.email if user else waiting.email
    if recipient is None:
        return None
    try:
        size = size_on_shelf(waiting.variant_id)
    except NotFound:
        size = None
    if size is None or for_sale([waiting.variant_id])[waiting.variant_id] <= 0:
        wait_on(waiting.id)
        return None
    link = external_url("product.show", slug=size.slug, colour=size.colour_slug, size=size.size_slug)
    facts: dict[str, Any] = {"size": size, "title": f"{size.product}, {size.colour}, {size.size}", "person": user}
    facts |= {"action_url": link, "action_label": "See it in the shop"}
    facts |= {"stop_url": external_url("back_in_stock.stop", token=token_of(waiting.id))}
    return Letter(recipient, facts, user_id=waiting.user_id)
