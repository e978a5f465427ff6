"""The API's description: the OpenAPI document, and two pages that show it. All files are the shop's own."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, request

from shop.api.specification import description
from shop.lib.http.answers import page
from shop.lib.http.headers import POLICY
from shop.store.queries import store

bp = Blueprint("api_pages", __name__)
# Both viewers write style elements as they draw; scripts stay ours alone.
VIEWER_POLICY = f"{POLICY}; style-src 'self' 'unsafe-inline'; font-src 'self' data:"
MOVED = {"/docs": "/api/docs", "/redoc": "/api/redoc", "/openapi.json": "/api/openapi.json"}


@bp.get("/api/openapi.json")
def document() -> Response:
    response = jsonify(description(current_app))
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/api/docs")
def docs() -> Response:
    return _viewer("api/docs.html")


@bp.get("/api/redoc")
def redoc() -> Response:
    return _viewer("api/redoc.html")


@bp.get("/docs")
@bp.get("/redoc")
@bp.get("/openapi.json")
def moved() -> Response:
    """Where T had them."""
    return make_response(redirect(MOVED[request.path], code=301))


def _viewer(template: str) -> Response:
    response = page(template, store=store())
    response.headers["Content-Security-Policy"] = VIEWER_POLICY
    return response
