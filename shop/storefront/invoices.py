"""The signed-in person's invoices and credit notes; their files lie behind each order's link."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import require_sign_in
from shop.accounts.visits import visitor
from shop.invoices.queries import invoices_of, with_orders
from shop.lib.http.answers import page
from shop.lib.queries import page_of

bp = Blueprint("invoices", __name__, url_prefix="/account/invoices")
bp.before_request(require_sign_in)
AT_ONCE = 20


@bp.get("")
def index() -> Response:
    found = page_of(with_orders(invoices_of(visitor())), request.args.get("page", 1, type=int), AT_ONCE)
    return page("storefront/invoices/index.html", found=found, page_url=lambda number: url_for(".index", page=number))
