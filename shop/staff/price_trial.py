"""Discounts tried on a bag: what somebody would pay, and what is said of every rule (PRO-01)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.checkout.trials import Outcome, UnknownSku, example_skus, try_bag
from shop.lib.http.answers import page
from shop.pricing.rows import total_rows
from shop.staff.forms.price_trial import PriceTrialForm
from shop.store.formats import money

bp = Blueprint("staff_price_trial", __name__, url_prefix="/staff/coupons/try")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.COUPON_READ)
def show() -> Response:
    """The price of a bag that the address says; without one, a form with an example."""
    if "goods" not in request.args:
        example = PriceTrialForm(formdata=None, goods="\n".join(example_skus()), coupon=request.args.get("coupon"))
        return _page(example)
    form = PriceTrialForm(formdata=request.args)
    if not form.validate():
        return _page(form, status=422)
    try:
        return _page(form, try_bag(form.trial()))
    except UnknownSku as error:
        form.blame(error)
        return _page(form, status=error.status)


def _page(form: PriceTrialForm, outcome: Outcome | None = None, status: int = 200) -> Response:
    rows = total_rows(outcome.quote, outcome.quote.delivery_charge) if outcome else []
    taxes = [(name, money(amount)) for name, amount in outcome.taxes] if outcome else []
    return page("staff/coupons/try.html", status, form=form, outcome=outcome, rows=rows, taxes=taxes)
