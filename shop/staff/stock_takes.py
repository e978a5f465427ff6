"""Stock takes: a file of what was counted, its differences looked at, applied in one go (INV-02)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.http.incoming import stripped
from shop.lib.queries import page_of, page_within
from shop.staff.forms.paging import page_number
from shop.staff.forms.stock_take import MOST_ROWS, FileRefused, read_counts
from shop.stock import services
from shop.stock.queries import takes

bp = Blueprint("staff_stock_takes", __name__, url_prefix="/staff/stock/takes")
bp.before_request(require_permission)
ONE = "/<int:take_id>"


@bp.get("")
@needs(Permission.STOCK_ADJUST)
def index() -> Response:
    """All stock takes, and the form for another."""
    return _index()


@bp.post("")
@needs(Permission.STOCK_ADJUST)
def begin() -> Response:
    """Take in a file and lead to what it would change."""
    file = request.files.get("file")
    try:
        counted = read_counts(file.read() if file else b"")
        if not counted:
            raise FileRefused("The file has no row below its titles.")
    except FileRefused as error:
        return _index(error.status, refusal=str(error))
    take = services.begin_take(stripped(file.filename or "")[:80] if file else "", counted, visitor().actor)
    return go_to(url_for(".show", take_id=take.id))


@bp.get(ONE)
@needs(Permission.STOCK_ADJUST)
def show(take_id: int) -> Response:
    """What a stock take would change, or has changed."""
    return page(
        "staff/stock_takes/show.html",
        take=takes.take(take_id),
        figures=takes.figures_of(take_id),
        lines=page_within(takes.differences(take_id), page_number(request.args), MOST_ROWS, 50),
        page_url=lambda number: url_for(".show", take_id=take_id, page=number),
    )


@bp.post(f"{ONE}/application")
@needs(Permission.STOCK_ADJUST)
def apply(take_id: int) -> Response:
    """Correct the stock by every difference."""
    services.apply_take(take_id, visitor().actor)
    refused = takes.figures_of(take_id).refused
    flash(f"Applied, but for {refused}: see why." if refused else "Applied.", "warn" if refused else "good")
    return go_to(url_for(".show", take_id=take_id))


@bp.post(f"{ONE}/removal")
@needs(Permission.STOCK_ADJUST)
def drop(take_id: int) -> Response:
    """Forget one that was not applied."""
    services.drop_take(take_id)
    flash("The stock take is forgotten. Nothing was changed.", "good")
    return go_to(url_for(".index"))


def _index(status: int = 200, refusal: str = "") -> Response:
    return page(
        "staff/stock_takes/index.html",
        status,
        takes_page=page_of(takes.takes(), page_number(request.args)),
        page_url=lambda number: url_for(".index", page=number),
        refusal=refusal,
        most_rows=MOST_ROWS,
    )
