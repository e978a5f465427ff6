"""Whether a product is delivered to a place: a form in the buy box, a page where there is no JavaScript.

The place is remembered in a cookie. A product's page is the same for everyone, so what is remembered reaches it by a
fragment it loads.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.accounts.address_rules import tidy
from shop.catalog.old_addresses import product_moved_from
from shop.delivery.zones import Place, place_at
from shop.lib.errors import NotFound
from shop.lib.http.answers import is_htmx, page
from shop.merchandising.product_page.delivery import DeliveryCheck, delivery_to
from shop.merchandising.product_page.queries import product_page
from shop.merchandising.product_page.shown import ProductPage
from shop.store.places import is_postal_code
from shop.storefront.moved import moved
from shop.storefront.own_cookies import remember

bp = Blueprint("delivery_check", __name__)
COOKIE = "deliver_to"
DAYS = 180
LONGEST = 20


@bp.get("/p/<slug>/delivery")
def show(slug: str) -> Response:
    """The answer for the place that was typed; without one the page with the form, and the remembered place."""
    try:
        shown = product_page(slug, request.args.get("colour"))
    except NotFound:
        return moved("delivery_check.show", slug=product_moved_from(slug))
    typed = request.args.get("postal_code")
    if typed is None:
        return _page(shown, remembered(shown))
    delivery = delivery_to(shown, _tidied(typed))
    response = _page(shown, delivery, 200 if delivery.is_place else 422)
    if delivery.is_place:
        remember(response, COOKIE, delivery.code, days=DAYS)
    return response


def remembered(shown: ProductPage) -> DeliveryCheck | None:
    """The answer for the place this browser named last; None where it never named one that is still one."""
    code = _tidied(request.cookies.get(COOKIE, ""))
    found = delivery_to(shown, code) if code else None
    return found if found and found.is_place else None


def remembered_for(slug: str, colour: str | None) -> DeliveryCheck | None:
    """The same for a product's address; asks for the product only where there is something to remember."""
    if COOKIE not in request.cookies:
        return None
    try:
        return remembered(product_page(slug, colour))
    except NotFound:
        return None


def place_remembered() -> Place | None:
    """Where this browser last wanted parcels to go; None where it named no place that is one."""
    code = _tidied(request.cookies.get(COOKIE, ""))
    return place_at(code) if is_postal_code(code) else None


def _page(shown: ProductPage, delivery: DeliveryCheck | None, status: int = 200) -> Response:
    template = "storefront/product/_facts.html" if is_htmx() else "storefront/product/delivery.html"
    return page(template, status, shown=shown, delivery=delivery)


def _tidied(typed: str) -> str:
    return str(tidy("postal_code", typed))[:LONGEST]
