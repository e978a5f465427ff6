"""Files of what the owner's list of products shows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.datastructures import MultiDict

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.merchandising.csv import exporting
from shop.merchandising.owner_queries import VIEWS
from shop.staff.forms.paging import text_of

bp = Blueprint("staff_exports", __name__, url_prefix="/staff/exports")
bp.before_request(require_permission)


@bp.get("/new")
@needs(Permission.PRODUCT_READ)
def new() -> Response:
    """What the file will hold."""
    shown = _shown(request.args)
    return page("staff/exports/new.html", shown=shown, count=exporting.products_in(**shown))


@bp.post("")
@needs(Permission.PRODUCT_READ)
def create() -> Response:
    """Begin to write a file; its job's page hands it out."""
    if not visitor().can(Permission.JOB_READ):
        abort(403)
    job = exporting.start_export(visitor().actor, **_shown(request.form))
    return go_to(url_for("staff_jobs.show", job_id=job.id))


def _shown(values: MultiDict[str, str]) -> dict[str, Any]:
    """The view of the list: what is searched for, and which tab."""
    view = values.get("view", "")
    return {"text": text_of(values), "view": view if view in VIEWS else ""}
