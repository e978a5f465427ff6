"""Which details of products shoppers filter by (CAT-06)."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.catalog.models.lookups import LONGEST_NAME
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.http.incoming import stripped
from shop.lib.jobs.models import Job
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising import attributes
from shop.staff.forms import StaffForm
from shop.staff.saves import flash_saved
from shop.staff.sorted_by_tabs import with_tabs

bp = Blueprint("staff_filters", __name__, url_prefix="/staff/filters")
bp.before_request(require_permission)
bp.context_processor(with_tabs)
manager = needs(Permission.CATALOG_MANAGE)


class FilterForm(StaffForm):
    """The name of a detail."""

    name = StringField("Name of the detail", filters=[stripped], validators=[
        DataRequired("Enter the name of a detail, like Fit."),
        Length(max=LONGEST_NAME, message="Use at most 80 characters.")],
        description="As products state it, in any spelling of capital and small letters.")  # fmt: skip


@bp.get("")
@manager
def index() -> Response:
    return _page(FilterForm(formdata=None))


@bp.post("")
@manager
@steps
def add() -> Response:
    """Let shoppers filter by a detail."""
    form = FilterForm()
    if not form.validate():
        return _refused(form)
    try:
        with unit_of_work():
            job = attributes.add_filter(form.name.data)
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    flash_saved(_told(f"Shoppers can filter by {form.name.data}.", job))
    return go_to(url_for(".index"))


@bp.post("/<int:attribute_id>/removal")
@manager
def remove(attribute_id: int) -> Response:
    """Stop it; no product changes."""
    job = attributes.remove_filter(attribute_id)
    flash_saved(_told("The filter is gone. Products still state the detail.", job))
    return go_to(url_for(".index"))


def _told(what: str, job: Job | None) -> str:
    return f"{what} Listings follow within minutes." if job else what


def _refused(form: FilterForm, status: int = 422) -> Response:
    with unit_of_work(read_only=True):
        return _page(form, status)


def _page(form: FilterForm, status: int = 200) -> Response:
    shown = {"filters": attributes.filters(), "suggestions": attributes.suggestions()}
    return page("staff/filters/index.html", status, form=form, **shown)
