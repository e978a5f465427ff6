"""Says whether the shop answers: cheap, public, for load balancers."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from shop.extensions import db

bp = Blueprint("health", __name__)


@bp.get("/health")
def show() -> Response:
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
