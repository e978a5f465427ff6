"""Says whether the shop answers: cheap, public, for load balancers."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from shop.operations import health

bp = Blueprint("health", __name__)


@bp.get("/health")
def show() -> Response:
    health.check()
    return jsonify(status="ok")
