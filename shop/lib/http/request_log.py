"""One line for each request, with an id that also stands in the answer's header (OPS-06)."""

from __future__ import annotations

import time
import uuid

import structlog
from flask import Flask, Response, g, request

HEADER = "X-Request-ID"
PASSED = "shop.request_id"
log = structlog.get_logger("request")


def install(app: Flask) -> None:
    """Give every request an id and log it when it ends; paths without their tokens, never queries or bodies."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The id of the current request."""
    return str(g.get("request_id", "-"))


def new_id() -> str:
    """An id for a request; whoever passes one on in the environment logs the request himself."""
    return uuid.uuid4().hex[:16]


def write(method: str, path: str, status: int, began: float, **more: str) -> None:
    """Log a request that began at a moment of the monotonic clock and ends now."""
    took = round((time.monotonic() - began) * 1000, 1)
    log.info("request", method=method, path=path, status=status, ms=took, **more)


def _begin() -> None:
    g.request_id = request.environ.get(PASSED) or new_id()
    g.request_began = time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    if PASSED not in request.environ:
        write(request.method, open_path(), response.status_code, g.get("request_began", time.monotonic()))
    return response


def open_path() -> str:
    """The request's path as it may be written down: a token in it opens what it names, so only its beginning stays."""
    token = (request.view_args or {}).get("token")
    return request.path.replace(token, f"{token[:4]}…") if isinstance(token, str) and token else request.path
