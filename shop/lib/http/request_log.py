"""One line for each request, with an id that also stands in the answer's header (OPS-06)."""

from __future__ import annotations

import time
import uuid

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("request")


def install(app: Flask) -> None:
    """Give every request an id and log it when it ends; paths only, never queries or bodies."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The id of the current request."""
    return str(g.get("request_id", "-"))


def _begin() -> None:
    g.request_id = uuid.uuid4().hex[:16]
    g.request_began = time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    took = (time.monotonic() - g.get("request_began", time.monotonic())) * 1000
    log.info("request", method=request.method, path=request.path, status=response.status_code, ms=round(took, 1))
    return response
