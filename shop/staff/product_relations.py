"""What goes well with a product: searched for, added, put in order, taken away (CAT-07)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404, rows
from shop.merchandising import owner_queries
from shop.merchandising.products import relations
from shop.staff.forms.paging import text_of
from shop.staff.forms.products import number_of
from shop.staff.products import first_picture
from shop.staff.saves import flash_saved

bp = Blueprint("staff_product_relations", __name__, url_prefix="/staff/products/<int:product_id>/related")
bp.before_request(require_permission)
ONE = "/<int:related_id>"
UP, DOWN = "up", "down"


@bp.get("")
@needs(Permission.PRODUCT_UPDATE)
def index(product_id: int) -> Response:
    """What is chosen, and what a search finds to choose from."""
    product, text = one_or_404(owner_queries.product_for_edit(product_id)), text_of(request.args)
    chosen = rows(relations.related_to(product_id).options(*relations.AS_LISTED))
    found = relations.products_to_relate(product_id, text) if text else []
    shown: dict[str, Any] = {"chosen": chosen, "found": found, "most": relations.MOST, "text": text}
    pictures = {one.id: first_picture(one) for one in (*chosen, *found)}
    return page("staff/product_relations/index.html", product=product, pictures=pictures, **shown)


@bp.post("")
@needs(Permission.PRODUCT_UPDATE)
def add(product_id: int) -> Response:
    """Choose one more; the search stays for the next."""
    relations.relate(product_id, number_of(request.form.get("product")))
    return go_to(url_for(".index", product_id=product_id, q=text_of(request.form) or None))


@bp.post(f"{ONE}/place")
@needs(Permission.PRODUCT_UPDATE)
def shift(product_id: int, related_id: int) -> Response:
    """Move it one place up or down."""
    relations.shift(product_id, related_id, -1 if request.form.get("towards") == UP else 1)
    return go_to(url_for(".index", product_id=product_id, _anchor=f"related-{related_id}"))


@bp.post(f"{ONE}/removal")
@needs(Permission.PRODUCT_UPDATE)
def remove(product_id: int, related_id: int) -> Response:
    """Take it away; neither product changes."""
    relations.unrelate(product_id, related_id)
    flash_saved("It is taken away.")
    return go_to(url_for(".index", product_id=product_id))
