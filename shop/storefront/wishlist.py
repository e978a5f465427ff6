"""The wishlist: hearts, its page, and moving a size into the bag."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, url_for

from shop.accounts.visitor import Visitor
from shop.accounts.visits import visitor, with_session
from shop.cart import queries as cart_queries
from shop.cart import services as cart_services
from shop.lib.http.answers import answer, back_to, go_to, is_htmx, page
from shop.lib.queries import one_or_404
from shop.storefront.forms.cart import SizeForm, WishForm, valid
from shop.storefront.wishlist_share import sharing
from shop.storefront.wishlist_view import wishes_and_link

bp = Blueprint("wishlist", __name__, url_prefix="/wishlist")


@bp.get("")
def show() -> Response:
    return page("storefront/wishlist/show.html", **_list(visitor()))


@bp.post("/items")
def wish() -> Response:
    form = valid(WishForm())
    colour_id = cart_queries.colour_named(form.colour.data or "")
    here = with_session() if form.is_on else visitor()
    cart_services.wish(here, form.product_id.data, colour_id, form.is_on)
    if not is_htmx():
        flash("Saved to your wishlist." if form.is_on else "Removed from your wishlist.", "good")
    return answer("storefront/wishlist/wish.fragments.html", fallback=back_to(url_for(".show")))


@bp.post("/items/<int:item_id>/bag-line")
def move_to_bag(item_id: int) -> Response:
    line = cart_services.move_to_cart(visitor(), item_id, valid(SizeForm()).variant_id.data)
    return _shown(f"{line.variant.product.name} moved to your bag.")


@bp.post("/items/<int:item_id>/removal")
def remove(item_id: int) -> Response:
    here = visitor()
    item = one_or_404(cart_queries.item_of(here, item_id))
    cart_services.unwish(here, item.product_id)
    return _shown("Removed from your wishlist.")


def _shown(said: str) -> Response:
    flash(said, "good")
    if not is_htmx():
        return go_to(url_for(".show"))
    return make_response(render_template("storefront/wishlist/list.fragments.html", **_list(visitor())))


def _list(here: Visitor) -> dict[str, Any]:
    shown, link = wishes_and_link(here)
    return {"wishes": shown, **sharing(link)}
