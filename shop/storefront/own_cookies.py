"""Cookies that are a browser's own memory, and no part of anybody's session: the theme, a place, what was looked at."""

from __future__ import annotations

from flask import Response, current_app

DAY = 24 * 3600


def remember(response: Response, name: str, value: str, *, days: int) -> None:
    """Have the browser keep a value; no script reads it."""
    secure = current_app.config["SHOP"].is_secure
    response.set_cookie(name, value, max_age=days * DAY, secure=secure, httponly=True, samesite="Lax")


def forget(response: Response, name: str) -> None:
    """Have the browser drop it."""
    response.delete_cookie(name)
