"""One change of many products: chosen in the list, looked at, applied, undone whole."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from werkzeug.datastructures import MultiDict

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.jobs import files
from shop.lib.jobs.models import Job
from shop.lib.jobs.queries import Seer, job_of
from shop.lib.queries import one_or_404
from shop.merchandising.bulk import editing, low_points
from shop.merchandising.bulk.actions import ACTIONS, Action
from shop.merchandising.bulk.planning import AT_ONCE, Edit, Preview, Selection, preview
from shop.merchandising.owner_queries import VIEWS
from shop.operations.log.undoing import start_undo
from shop.staff.forms.bulk_edit import ValueForm, actions_allowed, value_form
from shop.staff.forms.paging import text_of
from shop.staff.forms.products import number_of

bp = Blueprint("staff_bulk_edit", __name__, url_prefix="/staff/products/bulk")
bp.before_request(require_permission)
MOST_CHOSEN, LONGEST_KEY = 200, 64


@bp.get("")
@needs(Permission.PRODUCT_UPDATE)
def show() -> Response:
    """What an edit would change; nothing is changed yet. Without its value it is asked for."""
    action, selection = _action(request.args), _selection(request.args)
    form = value_form(action, request.args if "value" in request.args else None)
    is_said = action.takes is None or "value" in request.args
    if is_said and form.validate():
        return _page(form, preview(selection, _edit(request.args, form)))
    return _page(form, status=422 if is_said else 200)


@bp.post("")
@needs(Permission.PRODUCT_UPDATE)
def apply() -> Response:
    """Change what was looked at; a second click follows the first."""
    _follow_or_abort()
    action, selection = _action(request.form), _selection(request.form)
    form = value_form(action, request.form)
    if not form.validate():
        return _page(form, status=422)
    edit, key = _edit(request.form, form), request.form.get("key", "")[:LONGEST_KEY] or secrets.token_hex(16)
    seen = number_of(request.form.get("seen"))
    try:
        job = editing.edit_products(selection, edit, visitor().actor, key, seen)
    except ShopError as error:
        form.blame(error)
        return _page(form, status=error.status)
    return go_to(url_for("staff_jobs.show" if job.is_open else ".report", job_id=job.id))


@bp.get("/<int:job_id>")
@needs(Permission.JOB_READ)
def report(job_id: int) -> Response:
    """What was changed, and what could not be."""
    job = _job(job_id)
    code, told = editing.edit_of(job).action, editing.report_of(job)
    return page(
        "staff/bulk_edit/report.html",
        job=job,
        action=ACTIONS[code],
        report=told,
        most=editing.MOST_SHOWN,
        sizes=files.sizes_of(job_id),
        may_undo=_may_undo(code) and bool(told["counts"].get("changed")),
        may_read_log=visitor().can(Permission.AUDIT_READ),
    )


@bp.post("/<int:job_id>/removal")
@needs(Permission.PRODUCT_UPDATE)
def undo(job_id: int) -> Response:
    """Make everything it changed as it was, but for what changed since; a second click follows the first."""
    _follow_or_abort()
    job = _job(job_id, hold=True)
    if not _may_undo(editing.edit_of(job).action):
        raise NotFound
    undone_by = (job.result or {}).get("undo")
    if undone_by is None:
        undoing = _start_undo(job)
        job.result, undone_by = {**(job.result or {}), "undo": undoing.id}, undoing.id
        flash(undoing.outcome or "It is being undone.", "good")
    return go_to(url_for("staff_jobs.show", job_id=undone_by))


def _page(form: ValueForm, seen: Preview | None = None, status: int = 200) -> Response:
    values = request.values
    return page(
        "staff/bulk_edit/show.html",
        status,
        action=_action(values),
        form=form,
        preview=seen,
        kept=_kept(values),
        typed=values.get("value", ""),
        count=len(_selection(values).ids),
        back=url_for("staff_products.index", q=text_of(values) or None, view=_view(values) or None),
        key=secrets.token_hex(16),
        at_once=AT_ONCE,
        most=editing.MOST_SHOWN,
        may_follow=visitor().can(Permission.JOB_READ),
    )


def _may_undo(code: str) -> bool:
    """Whether this person might make the edit, and so may take it back."""
    return visitor().can(Permission.PRODUCT_UPDATE) and code in actions_allowed()


def _start_undo(job: Job) -> Job:
    if ACTIONS[editing.edit_of(job).action].is_logged:
        return start_undo(job.request_id, visitor().actor)
    return low_points.start_undo(job, visitor().actor)


def _action(values: MultiDict[str, str]) -> Action:
    """What is to be done. Raises NotFound for what does not exist, or is not for this person."""
    found = actions_allowed().get(values.get("action", ""))
    if found is None:
        raise NotFound
    return found


def _edit(values: MultiDict[str, str], form: ValueForm) -> Edit:
    return Edit(values["action"], form.number())


def _selection(values: MultiDict[str, str]) -> Selection:
    """Which products: those ticked, or all the list shows."""
    if values.get("all"):
        return Selection((), text_of(values), _view(values), is_all=True)
    ids = {number_of(text) for text in values.getlist("product")[:MOST_CHOSEN]}
    return Selection(tuple(sorted(ids)))


def _kept(values: MultiDict[str, str]) -> list[tuple[str, Any]]:
    """What the page's forms carry on: the choice of products and of what to do."""
    chosen = _selection(values)
    kept: list[tuple[str, Any]] = [("action", values["action"]), ("q", text_of(values)), ("view", _view(values))]
    which = [("all", "1")] if chosen.is_all else [("product", number) for number in chosen.ids]
    return [(name, value) for name, value in [*kept, *which] if value]


def _view(values: MultiDict[str, str]) -> str:
    view = values.get("view", "")
    return view if view in VIEWS else ""


def _follow_or_abort() -> None:
    """Long work is for who may follow it."""
    if not visitor().can(Permission.JOB_READ):
        abort(403)


def _job(job_id: int, *, hold: bool = False) -> Job:
    """An edit that is over."""
    found = job_of(Seer(visitor().user_id, visitor().permissions), job_id).where(Job.kind == editing.JOB)
    job = one_or_404(found.with_for_update() if hold else found)
    if job.is_open:
        raise NotFound
    return job
