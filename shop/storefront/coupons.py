"""The coupons somebody has: those for everybody, and those for a group they are in (PRO-03)."""

from __future__ import annotations

from flask import Blueprint, Response

from shop.accounts.guards import require_sign_in
from shop.accounts.visits import visitor
from shop.cart.queries import bag_of
from shop.checkout.coupons import coupons_of
from shop.lib.http.answers import page
from shop.promotions.shown import shown_of

bp = Blueprint("coupons", __name__, url_prefix="/account/coupons")
bp.before_request(require_sign_in)


@bp.get("")
def index() -> Response:
    """What may be used right now, and what is on the bag."""
    found = shown_of([rule.id for rule in coupons_of(visitor())])
    return page("storefront/coupons/index.html", coupons=found, bag=bag_of(visitor()))
