"""What a browser looked at last, from a signed cookie of its own: the shop keeps nothing of it.

Product pages are kept for everyone and can neither read nor write it, so a fragment that they load does both. The same
request answers whatever else the browser remembers for the page (the place to deliver to): one is enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, request
from itsdangerous import BadSignature, Signer

from shop.catalog.rails import listed
from shop.lib.http.answers import answer, back_to, is_htmx, page
from shop.lib.tokens import key_for
from shop.storefront.delivery_check import remembered_for
from shop.storefront.own_cookies import forget, remember

bp = Blueprint("recently_viewed", __name__)
COOKIE = "seen"
DAYS = 30
MOST_KEPT, MOST_SHOWN = 12, 8


@bp.get("/_f/recently-viewed")
def show() -> Response:
    """The rail; on a product's page (`slug`) it shows the others, and the product joins them."""
    slug = request.args.get("slug", "")
    cards = listed(_seen(), slug)
    others = [card for card in cards if card.page != f"/p/{slug}"]
    delivery = remembered_for(slug, request.args.get("colour")) if slug else None
    response = page("storefront/recently_viewed/show.fragments.html", cards=others[:MOST_SHOWN], delivery=delivery)
    if is_htmx() and len(others) < len(cards):
        _keep(response, [card.product_id for card in cards][:MOST_KEPT])
    return response


@bp.post("/recently-viewed/removal")
def clear() -> Response:
    """Forget what was looked at."""
    response = answer("storefront/recently_viewed/cleared.fragments.html", fallback=back_to("/"))
    forget(response, COOKIE)
    return response


def _seen() -> list[int]:
    """The ids in the cookie, the last first; none from one that is not ours."""
    try:
        said = _signer().unsign(request.cookies.get(COOKIE, "")).decode()
    except BadSignature:
        return []
    return [int(number) for number in said.split(".") if number]


def _keep(response: Response, ids: Sequence[int]) -> None:
    remember(response, COOKIE, _signer().sign(".".join(map(str, ids))).decode(), days=DAYS)


def _signer() -> Signer:
    return Signer(key_for("recently viewed"))
