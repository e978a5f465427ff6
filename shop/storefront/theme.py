"""Light, dark, or what the system prefers; kept in a cookie of its own."""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.lib.http.answers import back_to, go_to
from shop.storefront.own_cookies import forget, remember
from shop.storefront.shell import THEME_COOKIE, THEMES

bp = Blueprint("theme", __name__)
DAYS = 365


@bp.post("/theme")
def choose() -> Response:
    """Remember a theme; anything but light and dark forgets it."""
    wanted = request.form.get("theme", "")
    response = go_to(back_to("/"))
    if wanted in THEMES:
        remember(response, THEME_COOKIE, wanted, days=DAYS)
    else:
        forget(response, THEME_COOKIE)
    return response
