"""The listing of a category, and the fragments of every listing."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from shop.catalog import queries as catalog_queries
from shop.catalog.old_addresses import category_moved_from
from shop.catalog.queries import CategoryNode
from shop.catalog.wants import Scope
from shop.lib.errors import NotFound
from shop.lib.http.answers import external_url, page
from shop.lib.http.kept_pages import same_for_all
from shop.storefront.forms.listing import LISTING_PARAMETERS, is_form_shape, whole
from shop.storefront.moved import moved, rewritten
from shop.storefront.search import shelf_of_search
from shop.storefront.shelf import Shelf

bp = Blueprint("category", __name__)


@bp.get("/c/<slug>")
@same_for_all(*LISTING_PARAMETERS)
def show(slug: str) -> Response:
    """A category with everything below it."""
    try:
        category = catalog_queries.category_at(slug)
    except NotFound:
        return moved("category.show", slug=category_moved_from(slug))
    shelf = _shelf(category)
    if is_form_shape(request.args):
        return rewritten(shelf.here, LISTING_PARAMETERS)
    canonical = external_url("category.show", slug=slug) + shelf.canonical.removeprefix(category.url)
    return page("storefront/category/show.html", category=category, shelf=shelf, canonical=canonical)


@bp.get("/c/<path:path>")
def show_path(path: str) -> Response:
    """A category by its full path, now or before, moves to its one address."""
    try:
        slug = catalog_queries.category_where("path", path).slug
    except NotFound:
        slug = category_moved_from(path.rpartition("/")[2])
    return moved("category.show", slug=slug)


@bp.get("/_f/listing")
def fragment() -> Response:
    """What a filter or "Load more" changes on the page."""
    offset = whole(request.args.get("offset", "")) or 0
    try:
        shelf = _shelf_asked()
    except NotFound:
        return moved("category.fragment", category=category_moved_from(request.args.get("category", "")))
    template = "more" if offset else "filter"
    response = make_response(
        render_template(f"storefront/category/{template}.fragments.html", shelf=shelf, offset=offset)
    )
    response.headers["HX-Replace-Url" if offset else "HX-Push-Url"] = shelf.here
    response.headers["Cache-Control"] = "no-store"
    return response


def _shelf_asked() -> Shelf:
    if "q" in request.args:
        return shelf_of_search(request.args["q"])
    return _shelf(catalog_queries.category_at(request.args.get("category", "")))


def _shelf(category: CategoryNode) -> Shelf:
    return Shelf(request.args, Scope(category.path), category.url, ("category", category.slug))
