"""The audit log (OPS-03): who changed which row from what to what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shop.accounts.permissions import Permission
from shop.api.door import ApiBlueprint, needs, total_of
from shop.api.schemas.audit_logs import AuditQuery, Change, TableQuery, UserQuery
from shop.lib.errors import NotFound
from shop.lib.queries import slice_of
from shop.operations.log.queries import ChangeFilter, changes, logged_tables
from shop.operations.log.reading import read_changes

bp = ApiBlueprint("audit_logs", "audit-logs", "Who changed what, from what to what")
reads = needs(Permission.AUDIT_READ)


@bp.get("/")
@reads
@bp.query(AuditQuery)
@bp.lists(Change)
def index(query: dict[str, Any]) -> Any:
    """Changes, the newest first."""
    return _listed(query["wanted"], query)


@bp.get("/by-user/<key:user_id>")
@reads
@bp.query(UserQuery)
@bp.lists(Change)
def by_user(query: dict[str, Any], user_id: int) -> Any:
    """What one person changed; none for somebody unknown, since changes outlive accounts."""
    return _listed(replace(query["wanted"], user_id=user_id), query)


@bp.get("/by-table/<table>")
@reads
@bp.query(TableQuery)
@bp.lists(Change)
def by_table(query: dict[str, Any], table: str) -> Any:
    """What changed in one table, or in one of its rows. 404 for a table that is not logged."""
    if table not in logged_tables():
        raise NotFound
    return _listed(replace(query["wanted"], table=table), query)


def _listed(wanted: ChangeFilter, query: dict[str, Any]) -> Any:
    found = slice_of(changes(wanted), query["skip"], query["limit"])
    return read_changes(found.items), total_of(found.total)
