"""Compare with a garment you own: which size of a product comes closest (CAT-03).

What is typed stands in the address, so it can be bookmarked and works without script; the shop keeps nothing of it.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from shop.catalog.old_addresses import product_moved_from
from shop.catalog.size_guide.comparing import compare, measures_of, nearest
from shop.lib.errors import NotFound
from shop.lib.http.answers import page
from shop.merchandising.product_page.queries import product_page
from shop.storefront.fit_words import FitWords
from shop.storefront.forms.fit import fit_form
from shop.storefront.measuring import measuring
from shop.storefront.moved import moved

bp = Blueprint("fit", __name__)


@bp.get("/p/<slug>/fit")
def show(slug: str) -> Response:
    """The form; with measurements also each size beside them, and the nearest."""
    try:
        shown = product_page(slug, request.args.get("colour"))
    except NotFound:
        return moved("fit.show", slug=product_moved_from(slug))
    measures = measures_of(shown.size_table)
    if not measures:
        raise NotFound
    form = fit_form(measures, request.args)
    how = measuring(shown.product.garment, shown.size_table)
    around: dict[str, Any] = {"shown": shown, "form": form, "measuring": how}
    if not form.was_sent:
        return page("storefront/fit/show.html", **around)
    if not form.validate():
        return page("storefront/fit/show.html", 422, **around)
    compared = compare([size.label for size in shown.sizes], form.lengths)
    words = FitWords(form.unit.data)
    return page("storefront/fit/show.html", **around, compared=compared, best=nearest(compared), words=words)
