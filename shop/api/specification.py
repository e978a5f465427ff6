"""Puts the API together and describes it as OpenAPI 3.1 (API-02)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache, partial
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_smorest import Api
from werkzeug.routing import BaseConverter

from shop.api.blueprints import BLUEPRINTS
from shop.api.door import BEARER, FILES
from shop.api.schemas.fields import KEY_PATTERN, MOST, Key, PictureUrl, Price
from shop.api.schemas.problem import PROBLEM
from shop.api.version import VERSION
from shop.lib.http.answers import absolute

LOGIN = "/api/v1/auth/login"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
ABOUT = f"""\
**Who speaks.** `POST {LOGIN}` gives an access token, which goes with every request: `Authorization: Bearer …`.
What is on the shelf (products, brands, categories, lookups, pincodes) is told to everybody.

**What is sent.** Bodies are JSON, a form or multipart. Ids are text of digits. Amounts are text in the store's
currency, `"1299.00"`. Times are ISO 8601 in UTC. Lists take `skip` and `limit` (at most {MOST}) and say how many
there are in all in `X-Total-Count`.

**What goes wrong** is `application/problem+json`: `detail` is a sentence for the person, `errors` has the sentences
of each field.
"""
SETTINGS: dict[str, Any] = {
    "API_TITLE": "True Style",
    "API_VERSION": VERSION,
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {"info": {"description": ABOUT}},
}
ROOT = {
    "summary": "The shop's own address: a greeting for apps, the home page for browsers.",
    "description": "JSON where `Accept` prefers it to HTML.",
    "tags": ["api_health"],
    "responses": {"200": {"description": "The shop is running", "content": {"application/json": {"schema": {
        "type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}}}}}},
}  # fmt: skip
WEBHOOKS = {
    "Stripe": ("Stripe-Signature", "https://docs.stripe.com/webhooks"),
    "PayPal": ("Paypal-Transmission-Sig", "https://developer.paypal.com/api/rest/webhooks/"),
}
"""Providers of payment that tell what happened, with the header of their signature, and where they say how."""
REFUSALS = {401: "The access token is missing, expired or revoked", 403: "Your role does not allow this",
            404: "There is nothing here, or nothing here for you", 422: "Some values do not fit"}  # fmt: skip


class KeyConverter(BaseConverter):
    """The opaque id of a thing, in a path."""

    regex = KEY_PATTERN

    def to_python(self, value: str) -> int:
        return int(value)


class OrderedJson(DefaultJSONProvider):
    """Fields in the order their schema has them; what is nested deeper than Python goes is no JSON."""

    sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested deeper than anyone reads") from error


class ShopApi(Api):
    """Flask-smorest without its own error pages: the shop's one mapping answers."""

    def _register_error_handlers(self) -> None:
        pass


def install(app: Flask) -> ShopApi:
    """Register every blueprint of the API, and its description."""
    app.config.from_mapping(SETTINGS)
    app.json = OrderedJson(app)
    app.url_map.converters["key"] = KeyConverter
    api = ShopApi()
    api.register_converter(KeyConverter, lambda _: {"type": "string", "pattern": f"^{KEY_PATTERN}$"})
    api.register_field(Key, "string", None)
    api.register_field(Price, "string", None)
    api.register_field(PictureUrl, "string", "uri")
    api.init_app(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    app.extensions["api_description"] = cache(partial(_described, api))
    return api


def description(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of this app."""
    found: dict[str, Any] = app.extensions["api_description"]()
    return found


def _described(api: ShopApi) -> dict[str, Any]:
    document: dict[str, Any] = api.spec.to_dict()
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    schemas.pop("Error", None)
    document["components"].pop("responses", None)
    document["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        "password": {"type": "oauth2", "flows": {"password": {"tokenUrl": absolute(LOGIN), "scopes": {}}}},
    }
    guarded = {blueprint.name for blueprint in BLUEPRINTS if blueprint.guarded}
    document["paths"]["/"] = {"get": deepcopy(ROOT)}
    document["paths"] |= {f"/webhooks/{name.lower()}": {"post": _webhook(name)} for name in WEBHOOKS}
    for path, operation in _operations(document):
        if guarded.intersection(operation["tags"]):
            operation.setdefault("security", [BEARER])
        if "security" in operation:
            operation["security"] = [*operation["security"], {"password": []}]
        _describe_body(operation, schemas)
        _describe_refusals(path, operation)
        operation["tags"] = [_title(tag) for tag in operation["tags"]]
    document["tags"] = [tag | {"name": _title(tag["name"])} for tag in document.get("tags", [])]
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                yield path, operation


def _webhook(provider: str) -> dict[str, Any]:
    """Where a provider tells its events; the shop does not read from them how a payment stands, it asks."""
    header, about = WEBHOOKS[provider]
    return {
        "summary": f"Where {provider} tells what happened to a payment.",
        "description": f"An event of {provider}'s ({about}), signed in `{header}`. It is stored once and followed "
                       "later. 404 while there are no keys for it, 503 while the signature cannot be judged.",
        "tags": ["api_payments"],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
        "responses": {"200": {"description": "Stored, now or before"},
                      "400": {"description": "The signature does not fit"},
                      "404": {"description": "There are no keys for this provider"}},
    }  # fmt: skip


def _describe_body(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """What JSON can say a form can say as well, and a multipart may bring files."""
    content = operation.get("requestBody", {}).get("content", {})
    for form in FORMS if "application/json" in content else ():
        content[form] = content["application/json"]
    if files := operation.pop(FILES, None):
        named = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
        whole = deepcopy(schemas[named])
        whole["properties"] |= {name: {"type": "string", "format": "binary"} for name in files}
        content["multipart/form-data"] = {"schema": whole}


def _describe_refusals(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    wanted = {401, 403} if operation.get("security") else set()
    wanted |= {404} if "{" in path else set()
    wanted |= {422} if operation.get("parameters") or operation.get("requestBody") else set()
    for status in sorted(wanted):
        responses[str(status)] = _problem(REFUSALS[status])
    responses["default"] = _problem("Something else is wrong; the body says what")


def _problem(words: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": words, "content": content}


def _title(name: str) -> str:
    return name.removeprefix("api_").replace("_", " ").capitalize()
