"""The bag: its page, its drawer, and what is done with its lines and with those that wait for later."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for

from shop.accounts import throttles
from shop.accounts.visits import visitor, with_session
from shop.cart import queries as cart_queries
from shop.cart import services as cart_services
from shop.checkout.coupons import give_coupon as give
from shop.checkout.errors import CouponRefused
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, is_htmx, page
from shop.lib.queries import one_or_404
from shop.storefront.bag_view import bag_context, undo_named
from shop.storefront.forms.cart import AddLineForm, CouponForm, QuantityForm, SavedLineForm, valid

bp = Blueprint("cart", __name__)
PAGE_TARGET = "bag"
NOTHING: Mapping[str, str] = MappingProxyType({})


@bp.get("/cart")
def show() -> Response:
    if is_htmx():
        return _fragments()
    shown = bag_context(visitor())
    return page("storefront/cart/show.html", undo=undo_named(request.args, shown["bag"]), **shown)


@bp.get("/_f/bag-count")
def count() -> Response:
    return page("shared/_bag_count.html")


@bp.post("/cart/lines")
def add_line() -> Response:
    form = valid(AddLineForm())
    line = cart_services.add_line(with_session(), form.variant_id.data, form.quantity.data)
    if not is_htmx():
        flash("Added to your bag.", "good")
        return go_to(url_for(".show"))
    said = "Back in your bag." if form.undo.data else "Added to your bag."
    answer = _fragments(said=said, undone=form.undo.data and line.variant_id)
    answer.headers["HX-Trigger"] = "drawer:open" if _target() != PAGE_TARGET else "bag:changed"
    return answer


@bp.post("/cart/lines/<int:line_id>")
def set_quantity(line_id: int) -> Response:
    try:
        cart_services.set_quantity(visitor(), line_id, valid(QuantityForm()).wanted)
    except NotFound:
        raise
    except ShopError as error:
        flash(str(error), "error")
        return _fragments(422) if is_htmx() else go_to(url_for(".show"))
    return _done("Quantity changed.")


@bp.post("/cart/lines/<int:line_id>/removal")
def remove_line(line_id: int) -> Response:
    line = cart_services.remove_line(visitor(), line_id)
    return _can_be_undone(removed=line.variant_id, units=line.quantity)


@bp.post("/cart/lines/<int:line_id>/later")
def save_for_later(line_id: int) -> Response:
    here = visitor()
    units = one_or_404(cart_queries.line_of(here, line_id)).quantity
    return _can_be_undone(later=cart_services.save_for_later(here, line_id).id, units=units)


@bp.post("/cart/saved/<int:line_id>/bag-line")
def bring_back(line_id: int) -> Response:
    """Put a line that waits into the bag: all of it, or the units that an Undo brings back."""
    line = cart_services.bring_back(visitor(), line_id, valid(SavedLineForm()).quantity.data)
    return _done("Back in your bag.", undone=line.variant_id)


@bp.post("/cart/saved/<int:line_id>/removal")
def remove_saved(line_id: int) -> Response:
    line = cart_services.remove_saved(visitor(), line_id)
    return _can_be_undone(dropped=line.variant_id, units=line.quantity)


@bp.post("/cart/saved")
def save_again() -> Response:
    """Let a line wait again that was just removed."""
    form = valid(AddLineForm())
    line = cart_services.save_variant(with_session(), form.variant_id.data, form.quantity.data)
    return _done("Saved for later.", undone=line.variant_id)


@bp.post("/cart/lines/<int:line_id>/wish")
def move_to_wishlist(line_id: int) -> Response:
    cart_services.move_to_wishlist(visitor(), line_id)
    flash("Moved to your wishlist.", "good")
    return _fragments() if is_htmx() else go_to(url_for(".show"))


@bp.post("/cart/coupon")
@throttles.coupon_by_address
@throttles.coupon_by_visitor
def give_coupon() -> Response:
    """Put a coupon on the bag; one that does not count is refused, with the reason and what was typed."""
    form = CouponForm()
    try:
        code = give(with_session(), form.code.data or "")
    except CouponRefused as error:
        form.blame(error)
        if is_htmx():
            return _fragments(422, form)
        return page("storefront/cart/show.html", 422, undo=None, **bag_context(visitor(), form))
    return _done(f"{code} counts.")


@bp.post("/cart/coupon/removal")
def drop_coupon() -> Response:
    cart_services.drop_coupon(visitor())
    return _done("The coupon is off.")


@bp.post("/cart/changes")
def accept_changes() -> Response:
    cart_services.accept_changes(visitor())
    return _done("Your bag is up to date.")


def _done(said: str, undone: int | None = None) -> Response:
    return _fragments(said=said, undone=undone) if is_htmx() else go_to(url_for(".show"))


def _can_be_undone(**done: int) -> Response:
    """The bag anew, with a way back from what was just done."""
    if is_htmx():
        return _fragments(done={name: str(value) for name, value in done.items()})
    return go_to(f"{url_for('.show')}?{urlencode(done)}")


def _fragments(
    status: int = 200, coupon_form: CouponForm | None = None, done: Mapping[str, str] = NOTHING, **context: Any
) -> Response:
    """The bag anew, in the page or in the drawer, whichever asked."""
    template = "bag" if _target() == PAGE_TARGET else "drawer"
    shown = bag_context(visitor(), coupon_form)
    undo = undo_named(done, shown["bag"])
    html = render_template(f"storefront/cart/{template}.fragments.html", undo=undo, **context, **shown)
    return make_response(html, status)


def _target() -> str | None:
    return request.headers.get("HX-Target")
