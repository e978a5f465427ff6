"""The bag: its page, its drawer, and what is done with its lines."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for

from shop.accounts.visits import visitor, with_session
from shop.cart import services as cart_services
from shop.checkout.coupons import give_coupon as give
from shop.checkout.errors import CouponRefused
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, is_htmx, page
from shop.storefront.bag_view import bag_context, removed_before
from shop.storefront.forms.cart import AddLineForm, CouponForm, QuantityForm, valid

bp = Blueprint("cart", __name__)
PAGE_TARGET = "bag"


@bp.get("/cart")
def show() -> Response:
    if is_htmx():
        return _fragments()
    return page("storefront/cart/show.html", removed=removed_before(request.args), **bag_context(visitor()))


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
    answer = _fragments(said=said, undone=line.variant_id if form.undo.data else None)
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
    if is_htmx():
        return _fragments(removed=removed_before({"removed": str(line.variant_id), "units": str(line.quantity)}))
    return go_to(url_for(".show", removed=line.variant_id, units=line.quantity))


@bp.post("/cart/lines/<int:line_id>/wish")
def move_to_wishlist(line_id: int) -> Response:
    cart_services.move_to_wishlist(visitor(), line_id)
    flash("Moved to your wishlist.", "good")
    return _fragments() if is_htmx() else go_to(url_for(".show"))


@bp.post("/cart/coupon")
def give_coupon() -> Response:
    """Put a coupon on the bag; one that does not count is refused, with the reason and what was typed."""
    form = CouponForm()
    try:
        code = give(with_session(), form.code.data or "")
    except CouponRefused as error:
        form.blame(error)
        if is_htmx():
            return _fragments(422, form)
        return page("storefront/cart/show.html", 422, removed=None, **bag_context(visitor(), form))
    return _done(f"{code} counts.")


@bp.post("/cart/coupon/removal")
def drop_coupon() -> Response:
    cart_services.drop_coupon(visitor())
    return _done("The coupon is off.")


@bp.post("/cart/changes")
def accept_changes() -> Response:
    cart_services.accept_changes(visitor())
    return _done("Your bag is up to date.")


def _done(said: str) -> Response:
    return _fragments(said=said) if is_htmx() else go_to(url_for(".show"))


def _fragments(status: int = 200, coupon_form: CouponForm | None = None, **context: Any) -> Response:
    """The bag anew, in the page or in the drawer, whichever asked."""
    template = "bag" if _target() == PAGE_TARGET else "drawer"
    context.setdefault("removed", None)
    html = render_template(
        f"storefront/cart/{template}.fragments.html", **context, **bag_context(visitor(), coupon_form)
    )
    return make_response(html, status)


def _target() -> str | None:
    return request.headers.get("HX-Target")
