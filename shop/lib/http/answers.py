"""Answers: a fragment for htmx, a redirect for everyone else; and addresses that are safe to go to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Response, current_app, make_response, redirect, render_template, request
from werkzeug.urls import iri_to_uri

STOP_ASKING = 286
"""htmx's own status for: this was the last answer to a poll."""


def is_htmx() -> bool:
    """Whether htmx asks and swaps the answer in; a history restore wants the whole page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def is_api() -> bool:
    """Whether an app asks: it wants problem+json for errors, and its token says who speaks, not our cookie."""
    return request.path.startswith("/api/")


def prefers_json() -> bool:
    """Whether the asker would rather have JSON than a page; browsers and those who do not care would not."""
    accepted = request.accept_mimetypes
    return accepted.quality("application/json") > accepted.quality("text/html")


def answer(fragments: str, *, fallback: str, status: int = 200, **context: Any) -> Response:
    """The fragments for htmx; without it a 303 to the page that shows the same."""
    if not is_htmx():
        return go_to(fallback)
    return make_response(render_template(fragments, **context), status)


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A whole page."""
    return make_response(render_template(template, **context), status)


def pdf(name: str, content: bytes) -> Response:
    """A paper as a file of this name, which browsers show."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def go_to(url: str) -> Response:
    """See other: after a form was handled. htmx is told to load the page instead of swapping it in."""
    if is_htmx():
        return Response(status=204, headers={"HX-Redirect": iri_to_uri(url)})
    return make_response(redirect(url, code=303))


def local_path(target: str | None, default: str) -> str:
    """The target if it is a path of this shop, else the default; never another site's address."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    if any(ord(char) < 33 or char == "\\" for char in target):
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target


def back_to(default: str) -> str:
    """The path of the page that sent this form, if it is ours."""
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:
        return default
    if came_from.netloc != request.host:
        return default
    path = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return local_path(path, default)


def absolute(path: str) -> str:
    """An address for those who do not stand on our pages, from the configured base address; another site's stays."""
    return urljoin(f"{current_app.config['SHOP'].base_url.rstrip('/')}/", path)


def external_url(endpoint: str, **values: Any) -> str:
    """An absolute address from the configured base address, never from the Host header."""
    base = urlsplit(current_app.config["SHOP"].base_url)
    adapter = current_app.url_map.bind(base.netloc, url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)
