"""Moves the test's shop to another country, as its owner would."""

from shop.extensions import db
from shop.store.queries import active_profile
from shop.store.services import move_to


def shop_in(code: str) -> None:
    """Let the shop be in the country of these two letters from now on; committed."""
    move_to(db.session.scalars(active_profile()).one(), code)
    db.session.commit()
