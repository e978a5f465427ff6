"""The home page, put together from the owner's blocks."""

from __future__ import annotations

from flask import Blueprint, Response

from shop.accounts.visits import visitor
from shop.cart import queries as cart_queries
from shop.lib.http.answers import external_url, page
from shop.lib.http.kept_pages import same_for_all
from shop.merchandising import queries as merchandising_queries

bp = Blueprint("home", __name__)


@bp.get("/")
@same_for_all()
def show() -> Response:
    blocks = merchandising_queries.home_blocks(cart_queries.wished_products(visitor()))
    return page("storefront/home/show.html", blocks=blocks, canonical=external_url("home.show"))
