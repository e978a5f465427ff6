"""Tax rates with the days they hold from (ORD-10): what held stays, what follows is added."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.pricing.queries import all_rates, rates, tax_classes
from shop.pricing.services import add_rate, drop_rate
from shop.staff.forms.taxes import RateForm
from shop.store.countries import country
from shop.store.days import today

bp = Blueprint("staff_taxes", __name__, url_prefix="/staff/taxes")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.TAX_UPDATE)
def index() -> Response:
    return _page(RateForm(formdata=None))


@bp.post("")
@needs(Permission.TAX_UPDATE)
def create() -> Response:
    """Let a rate hold from a day on."""
    form = RateForm().offer(tax_classes(country().code))
    if not form.validate():
        return _page(form, 422)
    try:
        add_rate(form.rate())
    except ShopError as error:
        form.blame(error)
        return _page(form, error.status)
    flash("Added. What was sold before stays as it was taxed.", "good")
    return go_to(url_for(".index"))


@bp.post("/<int:rate_id>/removal")
@needs(Permission.TAX_UPDATE)
def remove(rate_id: int) -> Response:
    """Take away a rate whose day is today or still to come."""
    drop_rate(rate_id)
    flash("Taken away. What was sold before stays as it was taxed.", "good")
    return go_to(url_for(".index"))


def _page(form: RateForm, status: int = 200) -> Response:
    here, day = country(), today()
    classes = tax_classes(here.code)
    return page(
        "staff/taxes/index.html",
        status,
        form=form.offer(classes),
        here=here,
        today=day,
        rates=all_rates(here.code),
        in_force={name: rate.starts_on for name, rate in rates(here.code, classes, day).items()},
    )
