"""The audit log: who changed what, from what to what; and undoing it (OPS-03)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404
from shop.operations.log import queries, undo
from shop.operations.log.reading import ReadChange, read_changes
from shop.staff.forms.audit import ACTIONS, AuditFilterForm
from shop.staff.forms.logs import row_before

bp = Blueprint("staff_audit", __name__, url_prefix="/staff/audit")
bp.before_request(require_permission)
# Where a row is shown: the page, what its address takes, and who may open it.
PAGES = {
    "product": ("staff_products.show", "product_id", Permission.PRODUCT_READ),
    "user_account": ("staff_customers.show", "user_id", Permission.CUSTOMER_READ),
    "role": ("staff_roles.show", "role_id", Permission.ROLE_UPDATE),
}
SHOWN = 50
TONES = {"create": "good", "update": "info", "delete": "bad"}


@bp.context_processor
def _words() -> dict[str, object]:
    return {"actions": ACTIONS, "tones": TONES, "page_of_record": page_of_record, "page_of_person": page_of_person}


@bp.get("")
@needs(Permission.AUDIT_READ)
def index() -> Response:
    """Changes, newest first, from below an entry on."""
    form = AuditFilterForm(request.args)
    before = request.args.get("before", "")
    found = queries.stretch_of(form.wanted(), row_before(before))
    return page(
        "staff/audit/index.html",
        form=form,
        changes=read_changes(found.entries),
        older=url_for(".index", **form.kept(before=found.older)) if found.older else None,
        newest=url_for(".index", **form.kept()) if before else None,
    )


@bp.get("/<int:entry_id>")
@needs(Permission.AUDIT_READ)
def show(entry_id: int) -> Response:
    """One change."""
    entry = one_or_404(queries.entry(entry_id))
    [change] = read_changes([entry])
    together = read_changes(undo.saved_with(entry)[:SHOWN])
    return page(
        "staff/audit/show.html",
        change=change,
        together=together,
        obstacle=undo.obstacle(change),
        can_undo_save=len(together) > 1 and not any(undo.obstacle(one) for one in together),
        undone_by=queries.undone_by(entry_id),
        may_undo=visitor().can(Permission.AUDIT_UNDO),
    )


@bp.post("/<int:entry_id>/reversal")
@needs(Permission.AUDIT_UNDO)
def reverse(entry_id: int) -> Response:
    """Undo it."""
    undo.undo(entry_id, visitor().permissions)
    return _undone(entry_id)


@bp.post("/<int:entry_id>/reversal-of-save")
@needs(Permission.AUDIT_UNDO)
def reverse_save(entry_id: int) -> Response:
    """Undo it with everything that was saved together with it."""
    undo.undo_save(entry_id, visitor().permissions)
    return _undone(entry_id)


def page_of_record(change: ReadChange) -> str | None:
    """The page of the row that changed, where it has one this visitor may open."""
    entry, known = change.entry, PAGES.get(change.entry.table_name)
    if known and visitor().can(known[2]) and entry.action != "delete":
        where: dict[str, Any] = {known[1]: int(entry.record_id)}
        return url_for(known[0], **where)
    return page_of_person(entry.person_id)


def page_of_person(user_id: int | None) -> str | None:
    """The page of somebody with an account."""
    may = visitor().can(Permission.CUSTOMER_READ)
    return url_for("staff_customers.show", user_id=user_id) if user_id and may else None


def _undone(entry_id: int) -> Response:
    flash("Undone. It stands in the log as a change of its own.", "good")
    return go_to(url_for(".show", entry_id=entry_id))
