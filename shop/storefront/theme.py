"""Light, dark, or what the system prefers; kept in a cookie of its own."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from shop.lib.http.answers import back_to, go_to
from shop.storefront.shell import THEME_COOKIE, THEMES

bp = Blueprint("theme", __name__)
YEAR = 365 * 24 * 3600


@bp.post("/theme")
def choose() -> Response:
    """Remember a theme; anything but light and dark forgets it."""
    wanted = request.form.get("theme", "")
    response = go_to(back_to("/"))
    if wanted in THEMES:
        secure = current_app.config["SHOP"].is_secure
        response.set_cookie(THEME_COOKIE, wanted, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(THEME_COOKIE)
    return response
