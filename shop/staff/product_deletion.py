"""Deletes a product, and puts it back."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.errors import WrongFields
from shop.lib.http.answers import go_to
from shop.lib.queries import one_or_404
from shop.merchandising import owner_queries
from shop.merchandising.deletion import delete_product
from shop.merchandising.products.restoring import restore_product
from shop.staff.saves import flash_saved

bp = Blueprint("staff_product_deletion", __name__, url_prefix="/staff/products/<int:product_id>")
bp.before_request(require_permission)


@bp.post("/deletion")
@needs(Permission.PRODUCT_UPDATE)
def delete(product_id: int) -> Response:
    """Take it out of the shop; the page that follows has the button that undoes it."""
    name = one_or_404(owner_queries.product_for_edit(product_id)).name
    delete_product(product_id)
    flash_saved(f"{name} is deleted. You can put it back here.")
    return go_to(url_for("staff_products.index", view=owner_queries.DELETED))


@bp.post("/restoration")
@needs(Permission.PRODUCT_UPDATE)
def restore(product_id: int) -> Response:
    """Put it back."""
    try:
        name = restore_product(product_id).name
    except WrongFields as error:
        flash(f"{error} Put that back first, from the audit log.", "error")
        return go_to(url_for("staff_products.index", view=owner_queries.DELETED))
    flash(f"{name} is back.", "good")
    return go_to(url_for("staff_products.show", product_id=product_id))
