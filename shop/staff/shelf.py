"""Whether a product stands on the shelf, changed in the list."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.http.answers import answer, back_to
from shop.merchandising.products.editing import change_product

bp = Blueprint("staff_shelf", __name__, url_prefix="/staff/products/<int:product_id>/shelf")
bp.before_request(require_permission)


@bp.post("")
@needs(Permission.PRODUCT_UPDATE)
def put(product_id: int) -> Response:
    """Put it on the shelf, or hide it; the form says which, so a second click changes nothing."""
    product = change_product(product_id, {"is_published": bool(request.form.get("on"))})
    return answer(
        "staff/products/shelf.fragments.html",
        fallback=back_to(url_for("staff_products.index")),
        product=product,
        may_add=True,
        is_saved=True,
    )
