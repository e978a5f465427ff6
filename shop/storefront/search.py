"""Search results."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, request

from shop.catalog import browsing
from shop.catalog.cards import Card, cards
from shop.catalog.search import asked_words
from shop.catalog.wants import Scope, Wants
from shop.lib.errors import NotFound
from shop.lib.http.answers import page
from shop.lib.http.kept_pages import same_for_all
from shop.storefront.forms.listing import LISTING_PARAMETERS, is_form_shape
from shop.storefront.shelf import Shelf

bp = Blueprint("search", __name__)
LONGEST = 100


@bp.get("/search")
@same_for_all("q", *LISTING_PARAMETERS)
def show() -> Response:
    """What matches all the words; without a match, what comes near."""
    query = tidy(request.args.get("q", ""))
    if not asked_words(query):
        return page("storefront/search/ask.html", query=query)
    shelf = shelf_of_search(query)
    if is_form_shape(request.args):
        return make_response(redirect(shelf.here, code=301))
    near = _near(query) if not shelf.total and not shelf.wants.count else []
    return page("storefront/search/show.html", query=query, shelf=shelf, near=near)


def shelf_of_search(query: str) -> Shelf:
    """The listing of a search, or NotFound where nothing is asked."""
    text = tidy(query)
    words = tuple(asked_words(text))
    if not words:
        raise NotFound
    return Shelf(request.args, Scope(words=words), "/search", ("q", text), text)


def tidy(query: str) -> str:
    """A query as it is shown and kept in addresses: one line, no more than 100 characters."""
    return " ".join(query.replace("\0", " ").split())[:LONGEST].strip()


def _near(query: str) -> list[Card]:
    words = tuple(asked_words(query))
    if len(words) < 2:
        return []
    rows = browsing.listed(Scope(words=words, any_word=True), Wants(), limit=8)
    return cards(rows)
