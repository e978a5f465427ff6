"""The one mapping of errors: an exception becomes a flash, a fragment, an error page or problem+json."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, flash, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import back_to, go_to, is_htmx
from shop.lib.http.request_log import request_id
from shop.lib.unit_of_work import SAFE_METHODS, unit_of_work

log = structlog.get_logger()
WORDS = {
    400: ("That request was not understood", "Go back and try again."),
    403: ("This page is not yours to open", "Sign in with another account, or go back."),
    404: ("We could not find that page", "It may have moved, or the address may have a slip in it."),
    405: ("That does not work here", "Go back and use the buttons on the page."),
    409: ("Something changed in the meantime", "Go back, look again and try once more."),
    413: ("That is too much at once", "Send less, or a smaller file."),
    422: ("Something does not fit yet", "Go back, check what you entered and try again."),
    429: ("A little too fast", "Wait a minute, then try again."),
    500: ("Something broke on our side", "It is written down with the number below. Please try again."),
}
STATIC_500 = Path(__file__).parent / "500.html"


def install(app: Flask) -> None:
    """Register the mapping."""
    app.register_error_handler(ShopError, _on_shop_error)
    app.register_error_handler(HTTPException, _on_http_exception)
    app.register_error_handler(Exception, _on_unexpected)


def _on_shop_error(error: ShopError) -> Response:
    if _wants_json():
        return _problem(error.status, str(error), error.field)
    if is_htmx():
        return _fragment(error.status, str(error))
    if request.method in SAFE_METHODS or isinstance(error, NotFound):
        return _error_page(error.status, "" if isinstance(error, NotFound) else str(error))
    flash(str(error), "error")
    return go_to(back_to("/"))


def _on_http_exception(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    title, advice = WORDS.get(error.code, (error.name, error.description or ""))
    if _wants_json():
        response = _problem(error.code, title)
    else:
        response = _fragment(error.code, f"{title}. {advice}") if is_htmx() else _error_page(error.code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _on_unexpected(error: Exception) -> Response:
    log.exception("unexpected", path=request.path)
    if _wants_json():
        return _problem(500, WORDS[500][0], instance=request_id())
    if is_htmx():
        return _fragment(500, f"{WORDS[500][0]} ({request_id()}).")
    return _error_page(500)


def _wants_json() -> bool:
    return request.path.startswith("/api/")


def _problem(status: int, detail: str, field: str | None = None, **more: Any) -> Response:
    body = {"type": "about:blank", "title": WORDS.get(status, ("Error", ""))[0], "status": status, "detail": detail}
    if field:
        body["errors"] = {field: [detail]}
    response = make_response(jsonify(body | more), status)
    response.content_type = "application/problem+json"
    return response


def _fragment(status: int, message: str) -> Response:
    """Only says what happened: the place the answer was meant for keeps what it shows."""
    response = make_response(render_template("shared/toast.fragments.html", message=message, kind="error"), status)
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
