"""Shares a wishlist by a link, and takes the link back (CRT-03)."""

from __future__ import annotations

import secrets

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from shop.accounts.services import people
from shop.accounts.visitor import Visitor
from shop.cart import queries
from shop.cart.errors import NothingToShare
from shop.cart.models import WishlistShare
from shop.extensions import db
from shop.lib.queries import one_or_404, one_or_none


def share_wishlist(visitor: Visitor, name: str) -> WishlistShare:
    """The link to the visitor's wishlist, made where there is none, with the name it shows from now on.

    Raises NothingToShare.
    """
    share = one_or_none(queries.share_of(visitor))
    if share is None:
        if not queries.wished_products(visitor):
            raise NothingToShare
        _add(visitor)
        share = one_or_404(queries.share_of(visitor))
    share.name = name
    db.session.flush()
    return share


def stop_sharing(visitor: Visitor) -> None:
    """Take the link back: whoever has it reads nothing any more, also when another one is made."""
    db.session.execute(delete(WishlistShare).where(queries.owned_by(WishlistShare, visitor)))


def _add(visitor: Visitor) -> None:
    """Insert; of two taps at once the unique owner lets one through, and both get its link."""
    if visitor.user_id:
        people.hold(visitor.user_id)
    session_id = None if visitor.user_id else visitor.session_id
    made = WishlistShare(user_id=visitor.user_id, session_id=session_id, token=secrets.token_urlsafe(32), name="")
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return
