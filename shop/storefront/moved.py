"""Addresses that were given up lead to the new ones for good, with the query as it came."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from flask import Response, make_response, redirect, request, url_for


def moved(endpoint: str, **place: str) -> Response:
    """A permanent redirect to a view at another place."""
    asked: dict[str, Any] = {**request.args.to_dict(flat=False), **place}
    return make_response(redirect(url_for(endpoint, **asked), code=301))


def rewritten(url: str, read: Collection[str]) -> Response:
    """A permanent redirect to the page's own way of writing its address; what it does not `read` comes along."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name not in read]
    between = "&" if "?" in url else "?"
    return make_response(redirect(f"{url}{between}{urlencode(others)}" if others else url, code=301))
