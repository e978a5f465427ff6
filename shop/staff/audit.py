"""The audit log: who changed what, from what to what; and undoing it (OPS-03)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.jobs.models import Job
from shop.lib.queries import one_or_404
from shop.operations.log import queries, undo
from shop.operations.log.reading import read_changes
from shop.operations.log.undoing import start_undo
from shop.staff.forms.audit import ACTIONS, AuditFilterForm
from shop.staff.forms.logs import row_before
from shop.staff.record_pages import page_of_person, page_of_record

bp = Blueprint("staff_audit", __name__, url_prefix="/staff/audit")
bp.before_request(require_permission)
SHOWN = 50
TONES = {"create": "good", "update": "neutral", "delete": "bad"}


@bp.context_processor
def _words() -> dict[str, object]:
    return {"actions": ACTIONS, "tones": TONES, "page_of_record": page_of_record, "page_of_person": page_of_person}


@bp.get("")
@needs(Permission.AUDIT_READ)
def index() -> Response:
    """Changes, newest first, from behind an entry on."""
    form, before = AuditFilterForm(request.args), row_before(request.args.get("before", ""))
    history = form.history()
    found = queries.stretch_of(form.wanted(history), before)
    return page(
        "staff/audit/index.html",
        form=form,
        history=history,
        changes=read_changes(found.entries),
        older=url_for(".index", **form.kept(before=found.older)) if found.older else None,
        newest=url_for(".index", **form.kept()) if before else None,
    )


@bp.get("/<int:entry_id>")
@needs(Permission.AUDIT_READ)
def show(entry_id: int) -> Response:
    """One change, and what was saved together with it."""
    entry, may = one_or_404(queries.entry(entry_id)), visitor().permissions
    together = read_changes(undo.saved_with(entry))
    [change] = [one for one in together if one.entry.id == entry_id] or read_changes([entry])
    return page(
        "staff/audit/show.html",
        change=change,
        together=together[:SHOWN],
        more=max(0, len(together) - SHOWN),
        obstacle=undo.obstacle(change, may),
        obstacle_of_save=undo.obstacle_of_save(together, may) if 1 < len(together) <= undo.MOST else None,
        is_long=len(together) > undo.MOST,
        undone_by=queries.undone_by(entry_id),
        may_undo=visitor().can(Permission.AUDIT_UNDO),
    )


@bp.post("/<int:entry_id>/reversal")
@needs(Permission.AUDIT_UNDO)
@confirmed
def reverse(entry_id: int) -> Response:
    """Undo it."""
    undo.undo(entry_id, visitor().permissions)
    return _undone(entry_id)


@bp.post("/<int:entry_id>/reversal-of-save")
@needs(Permission.AUDIT_UNDO)
@confirmed
def reverse_save(entry_id: int) -> Response:
    """Undo it with everything that was saved together with it, by a job where that is much."""
    entry = one_or_404(queries.entry(entry_id))
    if entry.request_id and len(undo.saved_with(entry)) > undo.MOST:
        return _follow(start_undo(entry.request_id, visitor().actor))
    undo.undo_save(entry_id, visitor().permissions)
    return _undone(entry_id)


def _follow(job: Job) -> Response:
    flash("It is being undone. What changed since is left, and listed.", "good")
    may_follow = visitor().can(Permission.JOB_READ)
    return go_to(url_for("staff_jobs.show", job_id=job.id) if may_follow else url_for(".index"))


def _undone(entry_id: int) -> Response:
    flash("Undone. It stands in the log as a change of its own.", "good")
    return go_to(url_for(".show", entry_id=entry_id))
