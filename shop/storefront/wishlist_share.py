"""A wishlist's link: made and taken back by its owner, read by whoever has it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, url_for

from shop.accounts.visits import visitor
from shop.cart import queries as cart_queries
from shop.cart import services as cart_services
from shop.cart.models import WishlistShare
from shop.lib.http.answers import external_url, go_to, page
from shop.lib.http.headers import keep_private
from shop.lib.queries import one_or_none
from shop.storefront.forms.cart import ShareForm, valid
from shop.storefront.wishlist_view import shared_wishes

bp = Blueprint("wishlist_share", __name__, url_prefix="/wishlist/share")
shared = Blueprint("shared_wishlist", __name__, url_prefix="/wishlist/shared")
shared.after_request(keep_private)


@bp.post("")
def share() -> Response:
    """Make the link, or change the name it shows."""
    cart_services.share_wishlist(visitor(), valid(ShareForm()).name.data or "")
    flash("Whoever has the link sees your wishlist.", "good")
    return go_to(url_for("wishlist.show"))


@bp.post("/removal")
def stop() -> Response:
    cart_services.stop_sharing(visitor())
    flash("Your wishlist is not shared any more.", "good")
    return go_to(url_for("wishlist.show"))


@shared.get("/<token>")
def show(token: str) -> Response:
    """Somebody's wishlist, to look at and to buy from; nothing else of them."""
    link = one_or_none(cart_queries.share_called(token))
    if link is None:
        return page("storefront/wishlist/not_shared.html", 404)
    return page("storefront/wishlist/shared.html", name=link.name, wishes=shared_wishes(link))


def sharing(link: WishlistShare | None) -> dict[str, Any]:
    """What the owner's page shows of the link: its address, if there is one, and the form for the name."""
    form = ShareForm(formdata=None, data={"name": link.name if link else ""})
    return {"share_url": external_url("shared_wishlist.show", token=link.token) if link else None, "share_form": form}
