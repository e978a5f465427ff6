"""What somebody just saved is undone by the button on the message that says so."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.http.answers import back_to, go_to
from shop.lib.http.request_log import request_id
from shop.lib.models import AuditAction, AuditEntry
from shop.lib.queries import one_or_404
from shop.operations.log import queries, undo
from shop.operations.log.reading import read_changes
from shop.operations.log.ways import WAYS

bp = Blueprint("staff_saves", __name__, url_prefix="/staff")
bp.before_request(require_permission)
ENDPOINTS = {
    Permission.PRODUCT_UPDATE: "staff_saves.undo_on_shelf",
    Permission.CATALOG_MANAGE: "staff_saves.undo_in_catalogue",
    Permission.COUPON_UPDATE: "staff_saves.undo_of_coupon",
}
# The list that a row stands in: the page to see once a row is undone that was new, and so has no page any more.
LISTS = {
    "attribute": "staff_filters.index",
    "brand": "staff_brands.index",
    "category": "staff_categories.index",
    "colour": "staff_colours.index",
    "occasion": "staff_occasions.index",
    "product_type": "staff_product_types.index",
    "size": "staff_sizes.index",
    "synonym": "staff_synonyms.index",
}
RECENT = timedelta(hours=1)


def flash_saved(text: str = "Saved.") -> None:
    """Say that something was saved; where it can be undone, the message has a button for it."""
    flash(text, f"good {request_id()}")


def undo_of(save: str) -> str | None:
    """Where one undoes what a request of one's own saved; None where nothing was, or it cannot be undone."""
    if not request.path.startswith("/staff") or visitor().user_id is None:
        return None
    together = undo.changed_by(save)
    way = WAYS.get(together[0].table_name) if together else None
    if way is None or way.needs not in ENDPOINTS or together[0].user_id != visitor().user_id:
        return None
    if undo.obstacle_of_save(read_changes(together), visitor().permissions):
        return None
    return url_for(ENDPOINTS[way.needs], entry_id=together[0].id)


@bp.post("/products/saves/<int:entry_id>/reversal")
@needs(Permission.PRODUCT_UPDATE)
def undo_on_shelf(entry_id: int) -> Response:
    """Undo what one saved of products."""
    _undo(entry_id)
    return go_to(back_to(url_for("staff_products.index")))


@bp.post("/catalogue/saves/<int:entry_id>/reversal")
@needs(Permission.CATALOG_MANAGE)
def undo_in_catalogue(entry_id: int) -> Response:
    """Undo what one saved of what products are sorted by."""
    entry = _undo(entry_id)
    return _to_list(entry, url_for(LISTS.get(entry.table_name, LISTS["category"])))


@bp.post("/coupons/saves/<int:entry_id>/reversal")
@needs(Permission.COUPON_UPDATE)
def undo_of_coupon(entry_id: int) -> Response:
    """Undo what one saved of a coupon or discount."""
    return _to_list(_undo(entry_id), url_for("staff_coupons.index"))


def _to_list(entry: AuditEntry, listed: str) -> Response:
    """Back to where one was, or to the list where the row was new and so has no page any more."""
    return go_to(listed if entry.action == AuditAction.CREATE else back_to(listed))


def _undo(entry_id: int) -> AuditEntry:
    """Whatever it takes to change something suffices to change it back; the rest is the audit log's."""
    entry = one_or_404(queries.entry(entry_id))
    if entry.user_id != visitor().user_id or entry.at < now() - RECENT:
        raise NotFound
    undo.undo_save(entry_id, visitor().permissions)
    flash("Undone.", "good")
    return entry
