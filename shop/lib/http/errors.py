"""The one mapping of errors: an exception becomes a flash, a fragment, an error page or problem+json."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, flash, jsonify, make_response, render_template, request
from werkzeug.exceptions import Forbidden, HTTPException, ServiceUnavailable
from werkzeug.exceptions import NotFound as NotFoundPage

from shop.lib import database
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import back_to, go_to, is_api, is_htmx
from shop.lib.http.request_log import open_path, request_id
from shop.lib.unit_of_work import SAFE_METHODS, unit_of_work

log = structlog.get_logger()
WORDS = {
    400: ("That request was not understood", "Go back and try again."),
    403: ("This page is not yours to open", "Sign in with another account, or go back."),
    404: ("We could not find that page", "It may have moved, or the address may have a slip in it."),
    405: ("That does not work here", "Go back and use the buttons on the page."),
    409: ("Something changed in the meantime", "Go back, look again and try once more."),
    410: ("That is over", "Ask whoever sent you here for a new link."),
    413: ("That is too much at once", "Send less, or a smaller file."),
    422: ("Something does not fit yet", "Go back, check what you entered and try again."),
    429: ("A little too fast", "Wait a minute, then try again."),
    503: ("A great many people are here at once", "Nothing was changed. Wait a moment, then try again."),
    500: ("Something broke on our side", "It is written down with the number below. Please try again."),
}
PLAIN = {
    "Missing data for required field.": "This is needed.",
    "Field may not be null.": "This may not be null.",
    "Unknown field.": "There is no such field.",
    "Invalid input type.": "Send one object with its fields.",
    "Not a valid string.": "Write text.",
    "Not a valid integer.": "Write a whole number.",
    "Not a valid boolean.": "Write true or false.",
}
"""Marshmallow's sentences in the shop's words."""
NOWHERE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
"""There is no page to go back to and say it on."""
RETRY_SECONDS = 2
STATIC_500 = Path(__file__).parent / "500.html"


def install(app: Flask) -> None:
    """Register the mapping."""
    app.register_error_handler(ShopError, on_shop_error)
    app.register_error_handler(HTTPException, _on_http_exception)
    for error in database.errors():
        app.register_error_handler(error, _on_database)
    app.register_error_handler(Exception, _on_unexpected)


def on_shop_error(error: ShopError) -> Response:
    """What the shop refused, as whoever asked reads it best."""
    if is_api():
        return _problem(error.status, str(error), error.wrong, **error.more)
    if is_htmx():
        return _fragment(error.status, str(error))
    if request.method in SAFE_METHODS or error.status in NOWHERE:
        return _error_page(error.status, "" if isinstance(error, NotFound) else str(error))
    flash(str(error), "error")
    return go_to(back_to("/"))


def _on_http_exception(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    title, advice = WORDS.get(error.code, (error.name, error.description or ""))
    own = error.description or "" if error.code == 403 and error.description != Forbidden.description else ""
    if is_api():
        response = _problem(error.code, *_said(error))
    else:
        response = _fragment(error.code, f"{title}. {own or advice}") if is_htmx() else _error_page(error.code, own)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After", "WWW-Authenticate"}:
            response.headers[name] = value
    return response


def _said(error: HTTPException) -> tuple[str, dict[str, list[str]]]:
    """What to say of an error that carries wrong fields (webargs puts them there), or none."""
    wrong = getattr(error, "data", {}).get("messages", {})
    fields = {name: said for place in wrong.values() if isinstance(place, dict) for name, said in place.items()}
    if fields:
        return "Some values do not fit.", {str(name): _sentences(said) for name, said in fields.items()}
    if isinstance(error, NotFoundPage):
        return str(NotFound()), {}
    unread = [text for place in wrong.values() if isinstance(place, list) for text in place]
    return " ".join(unread) or error.description or error.name, {}


def _sentences(said: Any) -> list[str]:
    """The sentences on one field; those on the items of a list are gathered."""
    if isinstance(said, dict):
        return [text for inner in said.values() for text in _sentences(inner)]
    return [PLAIN.get(str(text), str(text)) for text in (said if isinstance(said, list) else [said])]


def _on_database(error: Exception) -> Response:
    """What waited too long for others may be tried again; the rest is our mistake."""
    if not database.has_given_up(error):
        return _on_unexpected(error)
    log.warning("gave_up_waiting", path=open_path(), error=str(error))
    return _on_http_exception(ServiceUnavailable(retry_after=RETRY_SECONDS))


def _on_unexpected(error: Exception) -> Response:
    log.exception("unexpected", path=open_path())
    if is_api():
        return _problem(500, WORDS[500][0], request_id=request_id())
    if is_htmx():
        return _fragment(500, f"{WORDS[500][0]} ({request_id()}).")
    return _error_page(500)


def _problem(status: int, detail: str, fields: dict[str, list[str]] | None = None, **more: Any) -> Response:
    """An error as RFC 9457 describes it; the field errors are ours."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    response = make_response(jsonify(body | ({"errors": fields} if fields else {}) | more), status)
    response.content_type = "application/problem+json"
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _fragment(status: int, message: str) -> Response:
    """Only says what happened: the place the answer was meant for keeps what it shows."""
    with unit_of_work(read_only=True):
        said = render_template("shared/toast.fragments.html", message=message, kind="error")
    response = make_response(said, status)
    response.headers["HX-Reswap"] = "none"
    return response


def _error_page(status: int, message: str = "") -> Response:
    title, advice = WORDS.get(status, WORDS[400])
    try:
        with unit_of_work(read_only=True):
            context = {"status": status, "title": title, "advice": message or advice, "request_id": request_id()}
            return make_response(render_template("layouts/error.html", **context), status)
    except Exception:
        log.exception("error_page_failed")
        return make_response(STATIC_500.read_text().replace("{request_id}", request_id()), status)
