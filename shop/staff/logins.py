"""The login log: who came and went, and who was refused (ACC-16)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.devices import device_name
from shop.accounts.guards import needs, require_permission
from shop.accounts.login_log import changing, queries
from shop.accounts.login_log.models import LoginEntry
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404
from shop.staff.forms.logins import KINDS, LoginFilterForm, RemovalForm
from shop.staff.forms.logs import row_before
from shop.store.days import day_start
from shop.store.settings import LOGIN_LOG_DAYS, value_of

bp = Blueprint("staff_logins", __name__, url_prefix="/staff/logins")
bp.before_request(require_permission)
ONE = "/<int:entry_id>"
TONES = {"login": "good", "logout": "neutral", "failed": "bad", "register": "good"}


@bp.get("")
@needs(Permission.LOG_READ)
def index() -> Response:
    """Rows, newest first, from below one on."""
    return _log_page(RemovalForm(formdata=None))


@bp.post("/removal")
@needs(Permission.LOG_DELETE)
def remove_older() -> Response:
    """Delete what is older than a day."""
    form = RemovalForm()
    if not form.validate():
        return _log_page(form, 422)
    count = changing.delete_older_than(day_start(form.before.data))
    flash(f"{count} {'row is' if count == 1 else 'rows are'} deleted.", "good")
    return go_to(url_for(".index"))


@bp.get(f"{ONE}/removal")
@needs(Permission.LOG_DELETE)
def ask(entry_id: int) -> Response:
    """Nothing brings a row back, so one click alone deletes none."""
    entry = one_or_404(queries.login_entry(entry_id))
    who = _called(entry, queries.names_of([entry]))
    return page("staff/logins/removal.html", entry=entry, who=who, kinds=KINDS, device=device_name)


@bp.post(f"{ONE}/removal")
@needs(Permission.LOG_DELETE)
def remove(entry_id: int) -> Response:
    changing.delete_one(entry_id)
    flash("The row is deleted.", "good")
    return go_to(url_for(".index"))


def _log_page(removal: RemovalForm, status: int = 200) -> Response:
    form, before = LoginFilterForm(request.args), request.args.get("before", "")
    found = queries.stretch_of(form.wanted(), row_before(before))
    return page(
        "staff/logins/index.html",
        status,
        form=form,
        removal=removal,
        entries=found.entries,
        names=found.names,
        older=url_for(".index", **form.kept(before=found.older)) if found.older else None,
        newest=url_for(".index", **form.kept()) if before else None,
        kinds=KINDS,
        tones=TONES,
        device=device_name,
        called=_called,
        kept_days=value_of(LOGIN_LOG_DAYS),
        may_open=visitor().can(Permission.CUSTOMER_READ),
        may_delete=visitor().can(Permission.LOG_DELETE),
    )


def _called(entry: LoginEntry, names: dict[int, str]) -> str:
    """What a row's person is called today; who left has a number, who never was is somebody."""
    return names.get(entry.user_id, f"Person {entry.user_id}") if entry.user_id else "Somebody"
