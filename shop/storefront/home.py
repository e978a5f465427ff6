"""The home page, put together from the owner's blocks."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from shop.lib.http.answers import external_url, page, prefers_json
from shop.lib.http.kept_pages import same_for_all
from shop.merchandising.home_page import home_blocks
from shop.store.queries import store

bp = Blueprint("home", __name__)


@bp.get("/")
@same_for_all()
def show() -> Response:
    if prefers_json():
        return _greeting()
    blocks = home_blocks()
    return page("storefront/home/show.html", blocks=blocks, canonical=external_url("home.show"))


def _greeting() -> Response:
    """What an app that asks for the shop's address is told."""
    response = jsonify(message=f"{store().name} is running")
    response.vary.add("Accept")
    return response
