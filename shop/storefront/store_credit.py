"""A customer's store credit: what there is to spend, and where it came from."""

from __future__ import annotations

from flask import Blueprint, Response

from shop.accounts.guards import require_sign_in
from shop.accounts.visits import visitor
from shop.lib.http.answers import page
from shop.lib.queries import rows
from shop.promotions.credit.queries import balance_of, entries_of

bp = Blueprint("store_credit", __name__, url_prefix="/account/credit")
bp.before_request(require_sign_in)
MOST_SHOWN = 100


@bp.get("")
def show() -> Response:
    user_id = visitor().user_id or 0
    return page(
        "storefront/store_credit/show.html",
        balance=balance_of(user_id),
        entries=rows(entries_of(user_id).limit(MOST_SHOWN)),
        most=MOST_SHOWN,
    )
