"""The last look at an order, and the button that places it."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, flash, url_for

from shop.accounts.visits import visitor
from shop.cart import services as cart_services
from shop.checkout import services as checkout_services
from shop.checkout.errors import PriceChanged, StepMissing, TooManyUnpaid
from shop.checkout.queries import Summary, summary_of
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to
from shop.lib.unit_of_work import steps, unit_of_work
from shop.payments.errors import GatewayAway
from shop.storefront.bank_sites import lead_to_banks
from shop.storefront.checkout_cards import bag_lines
from shop.storefront.checkout_page import at_step, step_page, step_url
from shop.storefront.forms.checkout import ReviewForm

bp = Blueprint("checkout_review", __name__, url_prefix="/checkout/review")
bp.after_request(lead_to_banks)


@bp.get("")
@at_step("review")
def show(summary: Summary) -> Response:
    return step_page("review", summary, form=_fresh_form(summary), lines=bag_lines(summary))


@bp.post("")
@steps
def place() -> Response:
    form = ReviewForm()
    if not form.validate():
        flash("That page was too old to order from. Please look again and press the button once more.", "warn")
        return go_to(step_url("review"))
    try:
        with unit_of_work():
            order = checkout_services.place_order(visitor(), form.key.data, int(form.seen_total.data))
            placed = (order.id, order.token, order.waits_for_payment)
    except ShopError as error:
        return _not_placed(error)
    return go_to(_after_placing(*placed))


def _after_placing(order_id: int, token: str, waits: bool) -> str:
    """What waits for a payment goes to the bank, or to the page that says how it stands; the rest to the thanks."""
    if not waits:
        return url_for("order.thanks", token=token)
    try:
        return checkout_services.start_payment(order_id)
    except (ShopError, GatewayAway):
        return url_for("order_payment.show", token=token)


def _not_placed(error: ShopError) -> Response:
    if isinstance(error, PriceChanged):
        return _price_changed(error)
    if isinstance(error, TooManyUnpaid):
        return _too_many(error)
    flash(str(error), "error")
    return go_to(step_url(error.step) if isinstance(error, StepMissing) else "/cart")


def _price_changed(change: PriceChanged) -> Response:
    """Both totals, and what changed; once it was told, pressing the button again agrees to it."""
    with unit_of_work():
        cart_services.see_prices(visitor())
        summary = summary_of(visitor())
        return step_page("review", summary, 409, form=_fresh_form(summary), lines=bag_lines(summary), change=change)


def _too_many(refusal: TooManyUnpaid) -> Response:
    """Why nothing was ordered, with the way to each order that waits and may be seen here."""
    with unit_of_work(read_only=True):
        summary = summary_of(visitor())
        return step_page("review", summary, 409, form=_fresh_form(summary), lines=bag_lines(summary), too_many=refusal)


def _fresh_form(summary: Summary) -> ReviewForm:
    total = summary.quote.total.minor
    return ReviewForm(formdata=None, data={"key": secrets.token_urlsafe(24), "seen_total": total})
