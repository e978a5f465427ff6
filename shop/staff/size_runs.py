"""Broken size runs: styles whose core sizes are gone, and a markdown that is applied with one click and undone."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, flash, g, request, url_for
from wtforms import Field

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import NotFound
from shop.lib.http.answers import go_to, page
from shop.lib.queries import rows
from shop.merchandising.size_runs import queries, services
from shop.merchandising.size_runs.proposals import RULE
from shop.operations.log import undo
from shop.operations.log.queries import ChangeFilter, changes
from shop.staff.forms.paging import page_number
from shop.staff.forms.size_runs import HIGHEST, LEAST, MarkdownForm

bp = Blueprint("staff_size_runs", __name__, url_prefix="/staff/stock/size-runs")
bp.before_request(require_permission)
ONE = "/<int:product_id>/markdown"


@bp.get("")
@needs(Permission.PRODUCT_READ)
def index() -> Response:
    """The styles, newest first, each with its proposal; after a markdown with the way back."""
    return _page()


@bp.post(ONE)
@needs(Permission.PRODUCT_UPDATE)
def mark_down(product_id: int) -> Response:
    """Put what is left of a style on sale."""
    form = MarkdownForm()
    if not form.validate():
        return _page(422, {product_id: form.percent})
    product = services.mark_down(product_id, form.percent.data or 0)
    flash(f"{product.name} is marked down by {form.percent.data} %.", "good")
    number = page_number(request.args)
    return go_to(url_for(".index", product=product_id, save=g.request_id, page=number if number > 1 else None))


@bp.post(f"{ONE}/removal")
@needs(Permission.PRODUCT_UPDATE)
def take_back(product_id: int) -> Response:
    """Undo one markdown whole: prices are again what they were before that save."""
    wanted = ChangeFilter(table="variant", request_id=request.form.get("save", "")[:64] or "none")
    entry = next(iter(rows(changes(wanted).limit(1))), None)
    if entry is None or int(entry.record_id) not in queries.variants_of(product_id):
        raise NotFound
    undo.undo_save(entry.id, visitor().permissions)
    flash("Undone: the prices are as before.", "good")
    return go_to(url_for(".index"))


def _page(status: int = 200, refused: Mapping[int, Field] | None = None) -> Response:
    """The list; what was `refused` of a style stands in its row."""
    return page(
        "staff/size_runs/index.html",
        status,
        refused=refused or {},
        styles=queries.broken_styles(page_number(request.args)),
        page_url=lambda number: url_for(".index", page=number),
        rule=RULE,
        least=LEAST,
        highest=HIGHEST,
        marked={name: request.args.get(name, "")[:64] for name in ("product", "save")},
        may_update=visitor().can(Permission.PRODUCT_UPDATE),
    )
