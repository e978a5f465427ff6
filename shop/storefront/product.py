"""A product's page; a change of colour asks for its main part alone."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from shop.catalog.old_addresses import product_moved_from
from shop.lib.errors import NotFound
from shop.lib.http.answers import external_url, is_htmx, page
from shop.lib.http.kept_pages import same_for_all
from shop.merchandising.product_page.gone import gone_product
from shop.merchandising.product_page.queries import product_page
from shop.merchandising.product_page.rails import rails_of
from shop.merchandising.product_page.shown import ProductPage
from shop.storefront.delivery_check import remembered
from shop.storefront.forms.listing import whole
from shop.storefront.moved import moved
from shop.storefront.product_data import product_data

bp = Blueprint("product", __name__)


@bp.get("/p/<slug>")
@same_for_all("colour", "size", "variant_id")
def show(slug: str) -> Response:
    try:
        shown = product_page(slug, request.args.get("colour"), _size())
    except NotFound:
        return _instead(slug)
    if is_htmx():
        return _main_part(shown)
    canonical, data = external_url("product.show", slug=slug), product_data(shown)
    return page("storefront/product/show.html", shown=shown, rails=rails_of(shown), canonical=canonical, data=data)


def _instead(slug: str) -> Response:
    """What answers where no product is: what is said of one that was taken off, or the address one moved to."""
    try:
        gone = gone_product(slug)
    except NotFound:
        return moved("product.show", slug=product_moved_from(slug))
    return page("storefront/product/gone.html", 410, gone=gone)


def _main_part(shown: ProductPage) -> Response:
    fragments = "storefront/product/colour.fragments.html"
    response = make_response(render_template(fragments, shown=shown, delivery=remembered(shown)))
    response.headers["HX-Replace-Url"] = shown.url_of(shown.colour.slug)
    response.headers["Cache-Control"] = "no-store"
    return response


def _size() -> str | int | None:
    """The size to keep: its slug in the address, or the variant that was chosen in another colour."""
    return request.args.get("size") or whole(request.args.get("variant_id", ""))
