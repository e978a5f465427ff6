"""Addresses that were given up lead to the new ones for good, with the query as it came."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, request, url_for


def moved(endpoint: str, **place: str) -> Response:
    """A permanent redirect to a view at another place."""
    asked: dict[str, Any] = {**request.args.to_dict(flat=False), **place}
    return make_response(redirect(url_for(endpoint, **asked), code=301))
