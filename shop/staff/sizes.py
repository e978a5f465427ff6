"""Sizes: the list by system, one of them (CAT-01)."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, url_for

from shop.accounts.guards import require_permission
from shop.catalog.models import Size
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404, rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.lookups import sizes
from shop.staff.forms.sizes import SizeForm
from shop.staff.saves import flash_saved
from shop.staff.sorted_by import manager
from shop.staff.sorted_by_tabs import with_tabs

bp = Blueprint("staff_sizes", __name__, url_prefix="/staff/sizes")
bp.before_request(require_permission)
bp.context_processor(with_tabs)
ONE = "/<int:size_id>"


@bp.get("")
@manager
def index() -> Response:
    return _list_page(SizeForm(formdata=None))


@bp.post("")
@manager
@steps
def create() -> Response:
    return _saved(SizeForm(), None)


@bp.get(ONE)
@manager
def show(size_id: int) -> Response:
    row = one_or_404(sizes.size(size_id))
    return _size_page(row, SizeForm(formdata=None, obj=row))


@bp.post(ONE)
@manager
@steps
def save(size_id: int) -> Response:
    return _saved(SizeForm(), size_id)


@bp.post(f"{ONE}/removal")
@manager
def remove(size_id: int) -> Response:
    sizes.delete_size(size_id)
    flash_saved("The size is deleted.")
    return go_to(url_for(".index"))


def _saved(form: SizeForm, size_id: int | None) -> Response:
    """Write the form to a new size or a known one."""
    if not form.validate():
        return _refused(form, size_id, 422)
    try:
        with unit_of_work():
            _write(form, size_id)
    except NotFound:
        raise
    except ShopError as error:
        form.blame(error)
        return _refused(form, size_id, error.status)
    flash_saved()
    return go_to(url_for(".index"))


def _write(form: SizeForm, size_id: int | None) -> None:
    if size_id is None:
        sizes.create_size(form.values())
    else:
        sizes.change_size(size_id, form.values())


def _refused(form: SizeForm, size_id: int | None, status: int) -> Response:
    with unit_of_work(read_only=True):
        if size_id is None:
            return _list_page(form, status)
        return _size_page(one_or_404(sizes.size(size_id)), form, status)


def _list_page(form: SizeForm, status: int = 200) -> Response:
    groups = [(sizes.SYSTEMS.get(system, system), list(found))
              for system, found in groupby(rows(sizes.sizes()), key=lambda row: row.system)]  # fmt: skip
    return page("staff/sizes/index.html", status, groups=groups, counts=sizes.product_counts_by_size(), form=form)


def _size_page(row: Size, form: SizeForm, status: int = 200) -> Response:
    return page("staff/sizes/show.html", status, row=row, form=form)
