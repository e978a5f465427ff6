"""What every blueprint of the API shares: bodies in three formats, the guard in front, lists with their total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import wraps
from json import JSONDecodeError
from typing import Any, TypeVar

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema, missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge, Unauthorized, UnsupportedMediaType

from shop.accounts.guards import require_confirmed
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError

View = TypeVar("View", bound=Callable[..., Any])
TOTAL = {"X-Total-Count": {"description": "How many there are in all", "schema": {"type": "integer", "minimum": 0}}}
MOST_FIELDS = 200
BEARER: dict[str, list[str]] = {"bearer": []}
FILES = "x-files"
"""An operation's mark for the description: the files that may come with its body, as multipart."""


class BodyParser(FlaskParser):
    """Reads a body as JSON, as a form or as multipart, whichever was sent (API-03)."""

    __location_map__ = {**FlaskParser.__location_map__, "either": "load_either"}

    def load_either(self, req: Request, schema: Schema) -> Any:
        """The body's values; what the query says of one of them goes first."""
        body = self.load_json(req, schema)
        if body is missing:
            body = {}
        if not isinstance(body, Mapping):
            return body
        return dict(body) | {name: req.args[name] for name in schema.load_fields if name in req.args}

    def load_json(self, req: Request, schema: Schema) -> Any:
        if req.mimetype in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            _refuse_too_many(req.form)
            return self._makeproxy(req.form, schema)
        if req.mimetype and not req.is_json and req.content_length:
            raise UnsupportedMediaType
        body = super().load_json(req, schema)
        _refuse_too_many(body)
        return body

    def _raw_load_json(self, req: Request) -> Any:
        try:
            return super()._raw_load_json(req)
        except JSONDecodeError:
            raise
        except (RecursionError, ValueError) as error:
            raise JSONDecodeError("nested deeper, or a number longer, than anyone reads", "[", 0) from error


class ApiBlueprint(Blueprint):
    """One noun of the API. With `guarded` every operation of it needs an access token."""

    ARGUMENTS_PARSER = BodyParser()

    def __init__(self, name: str, noun: str, description: str, *, guarded: bool = False) -> None:
        """`name` is the endpoint's and tag's, `noun` the path under /api/v1."""
        super().__init__(f"api_{name}", __name__, url_prefix=f"/api/v1/{noun}", description=description)
        self.guarded = guarded
        if guarded:
            self.before_request(refuse_strangers)

    def query(self, schema: type[Schema]) -> Callable[[View], View]:
        """The view takes the query's values, checked, as its next argument."""
        taken: Callable[[View], View] = self.arguments(schema, location="query")
        return taken

    def body(self, schema: type[Schema], *, required: bool = True) -> Callable[[View], View]:
        """The view takes the body's values, checked, as its next argument. Unknown fields are refused."""
        taken: Callable[[View], View] = self.arguments(schema, location="json", required=required)
        return taken

    def either(self, schema: type[Schema]) -> Callable[[View], View]:
        """The view takes values from the query, or from the body where the query has none, as its next argument."""
        places = [{"in": place, "required": False, "schema": schema(partial=True)} for place in ("query", "json")]

        def taken(view: View) -> View:
            described = deepcopy(getattr(view, "_apidoc", {}))
            described.setdefault("arguments", {}).setdefault("parameters", []).extend(places)
            taking: Any = self.ARGUMENTS_PARSER.use_args(schema, location="either")(view)
            taking._apidoc = described
            return taking  # type: ignore[no-any-return]

        return taken

    def lists(self, schema: type[Schema]) -> Callable[[View], View]:
        """The view answers `(items, total_of(...))`: a list, and how many there are in all."""
        answered: Callable[[View], View] = self.response(200, schema(many=True), headers=TOTAL)
        return answered


class NothingToChange(ShopError):
    """A change that names no field (API-03)."""

    status = 400

    def __init__(self) -> None:
        super().__init__("Send at least one field to change.")


def refuse_strangers() -> None:
    """Let only people in, or 401: the token is missing, expired or revoked."""
    if not visitor().is_authenticated:
        raise Unauthorized("Send an access token: Authorization: Bearer ….")


def refuse_without(permission: Permission) -> None:
    """Let only people on with this permission, or 403; for a part of what an operation does."""
    if not visitor().can(permission):
        raise Forbidden("Your role does not allow this.")


def signed_in(view: View) -> View:
    """Guard one operation of an open blueprint: an access token is needed."""
    return _guarded(view, refuse_strangers)


def needs(permission: Permission) -> Callable[[View], View]:
    """Guard one operation: a role with this permission is needed."""

    def refuse() -> None:
        refuse_strangers()
        if visitor().owes_two_factor:
            raise Forbidden("Set up two-factor sign-in first, on your account's page.")
        refuse_without(permission)
        require_confirmed()

    def guard(view: View) -> View:
        guarded = _guarded(view, refuse)
        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def _refuse_too_many(body: Any) -> None:
    """Each field nobody knows costs time and a sentence in the answer, so a body has no more than this many."""
    if isinstance(body, Mapping) and len(body) > MOST_FIELDS:
        raise RequestEntityTooLarge(f"Send at most {MOST_FIELDS} fields.")


def total_of(count: int) -> dict[str, str]:
    """The header that says how many there are in all."""
    return {"X-Total-Count": str(count)}


def _guarded(view: View, refuse: Callable[[], None]) -> View:
    """Runs the guard before anything of the request is judged, and says so in the description."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        refuse()
        return view(*args, **kwargs)

    described = deepcopy(getattr(view, "_apidoc", {}))
    described.setdefault("manual_doc", {})["security"] = [BEARER]
    guarded._apidoc = described  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
