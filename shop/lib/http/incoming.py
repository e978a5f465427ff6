"""What comes in is made safe to look up: ids a database can hold, text without the one sign no database keeps."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask import Flask, Request, abort, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**53 - 1
NUL = "\0"


class IdConverter(IntegerConverter):
    """`<int:…>` of every route: plain digits, and nothing beyond what a column holds, so an odd id is not found."""

    regex = "[0-9]+"

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST} | kwargs)


class TypedValues(ImmutableMultiDict[str, Any]):
    """Query or form: nobody types a NUL, and PostgreSQL refuses it."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(mapping)
        for values in dict.values(self):
            values[:] = [value.replace(NUL, "") if isinstance(value, str) else value for value in values]


class FlatJson(DefaultJSONProvider):
    """Reads JSON; what is nested deeper than anyone reads counts as no JSON."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested deeper than anyone reads") from error


class ShopRequest(Request):
    """A request whose query and form are clean."""

    parameter_storage_class = TypedValues


def stripped(value: Any) -> Any:
    """A filter: text without blanks around it, without line breaks, without control signs no database keeps."""
    if not isinstance(value, str):
        return value
    return "".join(char for char in " ".join(value.split()) if unicodedata.category(char) not in {"Cc", "Cs"})


def install(app: Flask) -> None:
    """Must come before the first blueprint is registered."""
    app.url_map.converters["int"] = IdConverter
    app.request_class = ShopRequest
    app.json = FlatJson(app)
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    if NUL in request.path:
        abort(404)
