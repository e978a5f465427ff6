"""What shoppers searched for and did not find (CAT-06)."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.catalog.search.empty import empty_searches
from shop.lib.http.answers import page
from shop.lib.queries import page_within
from shop.staff.forms.paging import page_number
from shop.staff.sheets import sheet
from shop.staff.sorted_by_tabs import with_tabs

bp = Blueprint("staff_empty_searches", __name__, url_prefix="/staff/empty-searches")
bp.before_request(require_permission)
bp.context_processor(with_tabs)
manager = needs(Permission.CATALOG_MANAGE)
DAYS = {7: "7 days", 30: "30 days", 90: "90 days"}
COLUMNS = {"Words": "words", "Times": "times", "Last on": "last"}
MOST_LISTED = 1000


@bp.get("")
@manager
def index() -> Response:
    """The most frequent first, of so many days."""
    days = _days()
    tabs = [{"title": title, "url": url_for(".index", days=number), "is_current": number == days}
            for number, title in DAYS.items()]  # fmt: skip
    return page(
        "staff/empty_searches/index.html",
        found=page_within(empty_searches(days), page_number(request.args), MOST_LISTED),
        tabs=tabs,
        sheet_url=url_for(".show_sheet", days=days),
        page_url=lambda number: url_for(".index", days=days, page=number),
    )


@bp.get("/sheet")
@manager
def show_sheet() -> Response:
    """The same as a file."""
    return sheet("empty-searches.csv", COLUMNS, empty_searches(_days()).limit(MOST_LISTED))


def _days() -> int:
    asked = request.args.get("days", "")
    return next((days for days in DAYS if str(days) == asked), 30)
