"""Asks as somebody what an entry says, and compares answers."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.matrix.entries import Entry, Ref
from tests.matrix.people import Person
from tests.matrix.routes import filled
from tests.matrix.world import World
from tests.storefront.people import body

# Differ from one answer to the next, whoever asks for whatever.
PASSING = {"X-Request-ID", "Set-Cookie", "Date"}
FORM_TOKEN = re.compile(rb'name="csrf_token" value="[^"]+"')
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Shown:
    """What somebody sees of an answer: everything but what differs by itself."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def ask(
    world: World, entry: Entry, person: Person, instead: Mapping[Ref, Any] | None = None, *, htmx: bool = False
) -> TestResponse:
    """Send what the entry says as this person, with other values `instead` of some of the person's own."""
    client = person.browser(world.app)
    body = _filled(entry.body, person, instead)
    is_json = entry.is_api and not any(_is_file(value) for value in (body or {}).values())
    sent = {} if body is None else {"json": body} if is_json else {"data": body}
    headers = person.headers() if entry.is_api else HTMX if htmx else {}
    headers |= _filled(entry.headers, person, instead)
    query = _filled(entry.query, person, instead)
    return client.open(
        path_of(entry, person, instead), method=entry.method, query_string=query, headers=headers, **sent
    )


def path_of(entry: Entry, person: Person, instead: Mapping[Ref, Any] | None = None) -> str:
    """The entry's path with its values in place."""
    return filled(entry.rule, _filled(entry.path, person, instead))


def shown(answer: TestResponse) -> Shown:
    """An answer as two askers can compare it."""
    # The mark of an error page is taken of its text, in which the request's number stands.
    passing = PASSING | ({"ETag"} if answer.status_code >= 400 else set())
    headers = sorted((name, value) for name, value in answer.headers if name not in passing)
    return Shown(answer.status_code, tuple(headers), FORM_TOKEN.sub(b"", body(answer)))


def is_sent_to_log_in(entry: Entry, answer: TestResponse) -> bool:
    """Whether a stranger was refused in the way of the entry's door."""
    if entry.is_api:
        return answer.status_code == 401 and "WWW-Authenticate" in answer.headers and _is_problem(answer)
    to = answer.location if answer.status_code == 303 else answer.headers.get("HX-Redirect")
    return bool(to and to.startswith("/login?next="))


def is_refused(entry: Entry, answer: TestResponse) -> bool:
    """Whether somebody whose role does not allow it was refused."""
    return answer.status_code == 403 and (not entry.is_api or _is_problem(answer))


def is_good(answer: TestResponse, world: World) -> bool:
    """Whether somebody got what they asked for: no error, not even one that the next page would tell."""
    with world.app.test_request_context(headers={"Cookie": "; ".join(_cookies(answer))}):
        from flask import session

        told = [kind for kind, _words in session.get("_flashes", [])]
    return answer.status_code < 400 and not (answer.location or "").startswith("/login?next=") and "error" not in told


def _cookies(answer: TestResponse) -> list[str]:
    return [value.partition(";")[0] for value in answer.headers.getlist("Set-Cookie")]


def _is_problem(answer: TestResponse) -> bool:
    return answer.content_type == "application/problem+json"


def _filled(values: Mapping[str, Any] | None, person: Person, instead: Mapping[Ref, Any] | None) -> Any:
    if values is None:
        return None
    return {name: _sent(value, person, instead or {}) for name, value in values.items()}


def _sent(value: Any, person: Person, instead: Mapping[Ref, Any]) -> Any:
    """A value as it is sent; bytes come as a file."""
    if isinstance(value, bytes):
        return io.BytesIO(value), "file"
    if not isinstance(value, Ref):
        return value
    return instead[value] if value in instead else value.of(person)


def _is_file(value: object) -> bool:
    """Files are (content, name, type), lists of words are tuples too."""
    return isinstance(value, tuple) and hasattr(value[0], "read")
