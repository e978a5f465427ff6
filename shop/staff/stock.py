"""The stock desk: what there is of every variant, and one variant with its ledger (INV-01, INV-02)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import page_within
from shop.orders.queries import numbers_of
from shop.staff.forms.paging import page_number
from shop.staff.forms.stock import VIEW_TITLES, AdjustForm, ReorderPointForm, StockFilterForm, kept, view_of
from shop.staff.sheets import sheet
from shop.stock import services
from shop.stock.queries import desk
from shop.stock.queries.desk import StockFilter
from shop.stock.queries.ledger import ledger_of

bp = Blueprint("staff_stock", __name__, url_prefix="/staff/stock")
bp.before_request(require_permission)
ONE = "/<int:variant_id>"
MOST_LISTED, MOST_IN_SHEET = 10_000, 50_000
SHEET = {"SKU": "sku", "Product": "product", "Colour": "colour", "Size": "size", "In stock": "on_hand",
         "Kept for orders": "reserved", "For sale": "for_sale", "Low at": "reorder_point",
         "Last restock": "restocked_at"}  # fmt: skip


@bp.get("")
@needs(Permission.PRODUCT_READ)
def index() -> Response:
    """Every variant that is sold, by search, view and order."""
    form, wanted = _filter()
    found = page_within(desk.stock(wanted), page_number(request.args), MOST_LISTED)
    return page(
        "staff/stock/index.html",
        form=form,
        text=wanted.text,
        view=view_of(wanted),
        stock_page=found,
        views=[_view(code, title, wanted) for code, title in VIEW_TITLES.items()],
        page_url=lambda number: url_for(".index", **kept(wanted, page=number)),
        sheet_url=url_for(".download", **kept(wanted)),
        most_in_sheet=MOST_IN_SHEET,
        may_adjust=visitor().can(Permission.STOCK_ADJUST),
    )


@bp.get("/sheet")
@needs(Permission.PRODUCT_READ)
def download() -> Response:
    """The same variants as a CSV file."""
    _form, wanted = _filter()
    return sheet("stock.csv", SHEET, desk.stock(wanted).limit(MOST_IN_SHEET))


@bp.get(ONE)
@needs(Permission.PRODUCT_READ)
def show(variant_id: int) -> Response:
    """The page of one variant."""
    return _variant_page(variant_id)


@bp.post(f"{ONE}/corrections")
@needs(Permission.STOCK_ADJUST)
def adjust(variant_id: int) -> Response:
    """Correct what is on hand; a second click does it once."""
    form = AdjustForm()
    if not form.validate():
        return _variant_page(variant_id, 422, form=form)
    try:
        is_new = services.adjust_once(variant_id, form.correction(), visitor().actor, form.key.data or "")
    except ShopError as error:
        form.blame(error)
        return _variant_page(variant_id, error.status, form=form)
    flash("The stock is corrected." if is_new else "That was done already, and is not done twice.", "good")
    return go_to(url_for(".show", variant_id=variant_id))


@bp.post(f"{ONE}/reorder-point")
@needs(Permission.STOCK_ADJUST)
def set_reorder_point(variant_id: int) -> Response:
    """Say when it counts as low."""
    form = ReorderPointForm()
    if not form.validate():
        return _variant_page(variant_id, 422, point_form=form)
    services.set_reorder_point(variant_id, form.reorder_point.data or 0, visitor().actor)
    flash("Saved.", "good")
    return go_to(url_for(".show", variant_id=variant_id))


@bp.post("/ledger/<int:entry_id>/reversal")
@needs(Permission.STOCK_ADJUST)
def undo(entry_id: int) -> Response:
    """Take a correction back by a counter-entry."""
    entry = services.undo(entry_id, visitor().actor)
    flash("Undone: the ledger has a counter-entry.", "good")
    return go_to(url_for(".show", variant_id=entry.variant_id))


def _filter() -> tuple[StockFilterForm, StockFilter]:
    form = StockFilterForm(request.args)
    return form, form.wanted(request.args.get("view", ""))


def _view(code: str, title: str, here: StockFilter) -> dict[str, object]:
    narrowed = StockFilter(here.text, (code,) if code else (), here.sort)
    return {"title": title, "url": url_for(".index", **kept(narrowed)), "is_current": code == view_of(here)}


def _variant_page(
    variant_id: int, status: int = 200, *, form: AdjustForm | None = None, point_form: ReorderPointForm | None = None
) -> Response:
    """The page with what was typed. What is refused was never done, so it goes on under a new key."""
    variant = desk.stock_of(variant_id)
    ledger = page_within(ledger_of(variant_id), page_number(request.args), MOST_LISTED)
    form = form or AdjustForm(formdata=None)
    form.renew_key()
    return page(
        "staff/stock/show.html",
        status,
        variant=variant,
        form=form,
        point_form=point_form or ReorderPointForm(formdata=None, data={"reorder_point": variant.reorder_point}),
        ledger=ledger,
        numbers=numbers_of(entry.order_id for entry, *_ in ledger.items if entry.order_id),
        page_url=lambda number: url_for(".show", variant_id=variant_id, page=number, _anchor="ledger"),
        may_adjust=visitor().can(Permission.STOCK_ADJUST),
        may_see_orders=visitor().can(Permission.ORDER_READ),
    )
