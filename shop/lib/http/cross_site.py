"""Refuses unsafe requests that another site sends."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from shop.extensions import csrf
from shop.lib.http.answers import is_api
from shop.lib.http.holes import hole
from shop.lib.unit_of_work import SAFE_METHODS

SIGNED_ENDPOINTS: set[str] = set()


def signed(endpoint: str) -> str:
    """Name an endpoint whose requests carry a signature of their own (webhooks), so other sites may call it."""
    SIGNED_ENDPOINTS.add(endpoint)
    return endpoint


def install(app: Flask) -> None:
    """Check every unsafe request before its view; signed-in people's forms carry a token too.

    The API hears access tokens, which no other site can make a browser send; where it hears the refresh cookie it looks
    again, with `comes_from_here`.
    """
    app.before_request(_refuse_cross_site)
    app.jinja_env.globals["csrf_input"] = lambda: hole("csrf")


def csrf_token_input() -> Markup:
    """The token in a form of someone signed in; others need none, so nothing of theirs has to be remembered."""
    if not current_user.is_authenticated:
        return Markup()
    if "csrf_token_input" not in g:
        g.csrf_token_input = Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
    made: Markup = g.csrf_token_input
    return made


def _refuse_cross_site() -> None:
    if request.method in SAFE_METHODS or request.endpoint is None or request.endpoint in SIGNED_ENDPOINTS:
        return
    if _says_cross_site() or (_says_nothing() and _carries_our_cookie() and not is_api()):
        abort(403, "This request came from another site.")
    if current_user.is_authenticated and not is_api():
        csrf.protect()


def comes_from_here() -> bool:
    """Whether the request says, as browsers do, that a page of ours sent it."""
    return not _says_nothing() and not _says_cross_site()


def _says_cross_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and not _is_here(origin)


def _is_here(origin: str) -> bool:
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:
        return False


def _says_nothing() -> bool:
    return "Sec-Fetch-Site" not in request.headers and "Origin" not in request.headers


def _carries_our_cookie() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies
