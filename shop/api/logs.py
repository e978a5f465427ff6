"""The login log (ACC-16): all of it, and login, logout and registration each under an address of its own."""

from __future__ import annotations

from typing import Any

from shop.accounts.login_log import changing, queries
from shop.accounts.login_log.changing import Noted
from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.fields import Deleted
from shop.api.schemas.logs import AllLogsQuery, LogChange, LogRow, LogsQuery, NewAnyLog, NewLog, filter_of
from shop.lib.queries import one_or_404, slice_of

bp = ApiBlueprint("logs", "logs", "Who logged in and out, registered, or was refused")
reads, deletes = needs(Permission.LOG_READ), needs(Permission.LOG_DELETE)


@bp.get("/")
@reads
@bp.query(AllLogsQuery)
@bp.lists(LogRow)
def index(query: dict[str, Any]) -> Any:
    """Rows of every kind, newest first."""
    return _listed(query, query["kind"])


@bp.post("/")
@deletes
@bp.body(NewAnyLog)
@bp.response(201, LogRow)
def create(values: dict[str, Any]) -> LoginEntry:
    """Enter a row by hand; it is marked as such for good."""
    return _entered(values, values["kind"])


@bp.get("/<key:item_id>")
@reads
@bp.response(200, LogRow)
def show(item_id: int) -> LoginEntry:
    """One row."""
    return one_or_404(queries.login_entry(item_id))


@bp.put("/<key:item_id>")
@deletes
@bp.body(LogChange)
@bp.response(200, LogRow)
def update(change: dict[str, Any], item_id: int) -> LoginEntry:
    """Correct a row that was entered by hand.

    400 without any field; 409 for a row the shop wrote itself.
    """
    if not change:
        raise NothingToChange
    return changing.change(item_id, change, visitor().user_id or 0)


@bp.delete("/<key:item_id>")
@deletes
@bp.response(200, Deleted)
def delete(item_id: int) -> dict[str, bool]:
    """Delete a row for good."""
    changing.delete_one(item_id)
    return {"deleted": True}


def _of_kind(kind: LoginKind) -> None:
    """The three operations of one kind of row."""

    @bp.post(f"/{kind}", endpoint=f"create_{kind}")
    @deletes
    @bp.body(NewLog)
    @bp.response(200, LogRow)
    def create(values: dict[str, Any]) -> LoginEntry:
        """Enter a row of this kind by hand; it is marked as such for good."""
        return _entered(values, kind)

    @bp.get(f"/{kind}", endpoint=f"list_{kind}")
    @reads
    @bp.query(LogsQuery)
    @bp.lists(LogRow)
    def index(query: dict[str, Any]) -> Any:
        """Rows of this kind, newest first."""
        return _listed(query, kind)

    @bp.delete(f"/{kind}/<key:log_id>", endpoint=f"delete_{kind}")
    @deletes
    @bp.response(200, Deleted)
    def delete(log_id: int) -> dict[str, bool]:
        """Delete a row of this kind for good."""
        changing.delete_one(log_id, kind)
        return {"deleted": True}


for _kind in (LoginKind.LOGIN, LoginKind.LOGOUT, LoginKind.REGISTER):
    _of_kind(_kind)


def _listed(query: dict[str, Any], kind: str | None) -> Any:
    found = slice_of(queries.logins(filter_of(query, kind)), query["offset"], query["limit"])
    return found.items, total_of(found.total)


def _entered(values: dict[str, Any], kind: str) -> LoginEntry:
    return changing.enter(Noted(**values | {"kind": LoginKind(kind)}), visitor().user_id or 0)
