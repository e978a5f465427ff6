"""Shipping from a file of the carriers' numbers: sent or pasted, looked at row by row, then shipped."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, url_for
from wtforms import TextAreaField

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.fulfilment import waybills
from shop.fulfilment.many import Fate, Outcome
from shop.fulfilment.waybills import Waybill
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.sheets import lines
from shop.lib.unit_of_work import steps, unit_of_work
from shop.merchandising.csv.reading import Unreadable, read
from shop.staff.forms import StaffForm

bp = Blueprint("staff_shipping", __name__, url_prefix="/staff/orders/shipping")
bp.before_request(require_permission)
COLUMNS = ("number", "carrier", "awb")
ALSO = {
    "order": "number", "order_no": "number", "order_number": "number", "courier": "carrier", "tracking": "awb",
    "tracking_no": "awb", "tracking_number": "awb", "waybill": "awb",
}  # fmt: skip
"""What carriers call these columns."""


class WaybillForm(StaffForm):
    """The rows, as they were sent or pasted."""

    rows = TextAreaField("Rows", render_kw={"rows": 10, "spellcheck": "false"},
                         description="Below the first line, one line for each parcel.")  # fmt: skip


@bp.get("")
@needs(Permission.ORDER_UPDATE)
def new() -> Response:
    """Where the rows are sent."""
    return _page(WaybillForm(formdata=None))


@bp.post("")
@needs(Permission.ORDER_UPDATE)
def check() -> Response:
    """What shipping these rows would do; nothing is changed yet."""
    form = WaybillForm()
    try:
        form.rows.data, found = _sent(form)
    except ShopError as error:
        return _refused(form, error)
    return _page(form, planned=waybills.plan(found))


@bp.post("/shipments")
@needs(Permission.ORDER_UPDATE)
@steps
def ship() -> Response:
    """Ship what was looked at: up to 200 rows while one waits, more by workers. A second click ships nothing again."""
    form = WaybillForm()
    try:
        _, found = _sent(form)
    except ShopError as error:
        with unit_of_work(read_only=True):
            return _refused(form, error)
    if len(found) > waybills.AT_ONCE:
        return _start(found)
    outcomes = waybills.ship_each(found, visitor().actor)
    with unit_of_work(read_only=True):
        return _moved(outcomes)


def _start(found: list[Waybill]) -> Response:
    """Long work is for who may follow it."""
    if not visitor().can(Permission.JOB_READ):
        abort(403)
    with unit_of_work():
        job_id = waybills.start(found, visitor().actor).id
    return go_to(url_for("staff_jobs.show", job_id=job_id))


def _sent(form: WaybillForm) -> tuple[str, list[Waybill]]:
    """The rows as text to be mended and as they are understood; a file goes before what is typed. Raises Unreadable."""
    file = request.files.get("file")
    content = (file.stream.read() if file else b"") or (form.rows.data or "").encode()
    table = read(content, (*COLUMNS, *ALSO))
    named = {ALSO.get(title, title): title for title in reversed(table.columns)}
    if missing := [name for name in COLUMNS if name not in named]:
        raise Unreadable(f"The column {missing[0]} is missing. The first line must be: {','.join(COLUMNS)}")
    if not 0 < len(table.lines) <= waybills.MOST_ROWS:
        raise Unreadable(f"Send 1 to {waybills.MOST_ROWS:,} rows below the first line.")
    told = [[line.cells.get(named[name], "") for name in COLUMNS] for line in table.lines]
    return lines([COLUMNS, *told]), [Waybill(row, *cells) for row, cells in enumerate(told, start=2)]


def _refused(form: WaybillForm, error: ShopError) -> Response:
    form.rows.errors = [str(error)]
    return _page(form, status=error.status)


def _page(form: WaybillForm, planned: list[Outcome] | None = None, status: int = 200) -> Response:
    shown = {"planned": planned, "most": waybills.MOST_ROWS, "at_once": waybills.AT_ONCE, "fates": Fate}
    return page("staff/orders/shipping.html", status, form=form, **shown)


def _moved(outcomes: list[Outcome]) -> Response:
    return page("staff/orders/moved.html", title="Ship", outcomes=outcomes, fates=Fate, view="ship")
