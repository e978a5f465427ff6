"""The first page of an account: what is on its way, where parcels go, how we reach the person."""

from __future__ import annotations

from flask import Blueprint, Response

from shop.accounts.guards import require_sign_in
from shop.accounts.models import AddressType
from shop.accounts.queries.addresses import addresses_of
from shop.accounts.queries.people import person_of
from shop.accounts.visits import visitor
from shop.lib.http.answers import page
from shop.lib.queries import one_or_none, rows
from shop.orders.queries import orders_of
from shop.storefront.order_cards import cards_of

bp = Blueprint("account", __name__, url_prefix="/account")
bp.before_request(require_sign_in)
LATEST = 3


@bp.get("")
def show() -> Response:
    here = visitor()
    return page(
        "storefront/account/show.html",
        cards=cards_of(rows(orders_of(here).limit(LATEST))),
        person=person_of(here.user_id or 0),
        address=one_or_none(addresses_of(here.user_id or 0, AddressType.SHIPPING).limit(1)),
    )
