"""Search results."""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.catalog import browsing
from shop.catalog.cards import Card, cards
from shop.catalog.search.empty import note_empty
from shop.catalog.search.searching import Searched, searched
from shop.catalog.suggestions import suggestions
from shop.catalog.wants import Scope, Wants
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.http.answers import page
from shop.lib.http.kept_pages import same_for_all
from shop.lib.stamp import shown_until
from shop.storefront.forms.listing import LISTING_PARAMETERS, is_form_shape
from shop.storefront.moved import rewritten
from shop.storefront.shelf import Shelf

bp = Blueprint("search", __name__)
LONGEST = 100
MOST_NEAR = 8
READ = ("q", "exact", *LISTING_PARAMETERS)


@bp.get("/search")
@same_for_all(*READ)
def show() -> Response:
    """What matches all the words, or what they were meant to be; without a match, what comes near."""
    query = tidy(request.args.get("q", ""))
    asked = searched(query, as_typed="exact" in request.args)
    if asked is None:
        return page("storefront/search/ask.html", query=query)
    if asked.is_empty:
        return _nothing(query, asked)
    shelf = _shelf(query, asked)
    if is_form_shape(request.args):
        return rewritten(shelf.here, READ)
    return page("storefront/search/show.html", query=query, shelf=shelf, asked=asked)


@bp.get("/search/suggest")
@same_for_all("q")
def suggest() -> Response:
    """What the search field offers while somebody types, as a fragment; an empty one where there is no word."""
    query = tidy(request.args.get("q", ""))
    return page("storefront/search/suggest.fragments.html", query=query, found=suggestions(query))


def shelf_of_search(query: str) -> Shelf:
    """The listing of a search, or NotFound where nothing is asked."""
    text = tidy(query)
    asked = searched(text)
    if asked is None:
        raise NotFound
    return _shelf(text, asked)


def tidy(query: str) -> str:
    """A query as it is shown and kept in addresses: one line, no more than 100 characters."""
    return " ".join(query.replace("\0", " ").split())[:LONGEST].strip()


def _shelf(text: str, asked: Searched) -> Shelf:
    return Shelf(request.args, Scope(words=asked.words), "/search", ("q", text), text)


def _nothing(query: str, asked: Searched) -> Response:
    """A way on. The page is not kept, so that each such search is counted."""
    note_empty(query)
    shown_until(now())
    near = _cards(Scope(words=asked.words, any_word=True)) if len(asked.words) > 1 else []
    popular = [] if near else _cards(Scope())
    return page("storefront/search/nothing.html", query=query, near=near, popular=popular)


def _cards(scope: Scope) -> list[Card]:
    return cards(browsing.listed(scope, Wants(), limit=MOST_NEAR))
