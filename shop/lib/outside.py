"""Asks other services over HTTP: bounded in time and size, no redirects followed, whatever they answer."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

SECONDS = 6.0
MOST = 512 * 1024
PIECE = 16 * 1024


class NoAnswer(Exception):
    """The other side is away, too slow, or answers what nobody asked for; the text is for the log."""


@dataclass(frozen=True)
class Answer:
    """What was answered: the status, and an object of JSON."""

    status: int
    body: Mapping[str, Any]

    @property
    def is_good(self) -> bool:
        return self.status < 300


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Who is sent elsewhere with our secrets does not go."""

    def redirect_request(self, *_args: Any) -> None:
        return None


_opener = urllib.request.build_opener(_StayHere)


def ask(url: str, form: Mapping[str, str] | None = None, *, bearer: str | None = None) -> Answer:
    """GET an address, or POST a form to it; the answer is JSON. Raises NoAnswer."""
    return _ask(url, urlencode(form).encode() if form is not None else None, _bearing(bearer))


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """POST a body as it is, with headers that say what it is and who asks; the answer is JSON. Raises NoAnswer."""
    return _ask(url, body, headers)


def _bearing(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _ask(url: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
    ours = {"Accept": "application/json", "User-Agent": "True-Style", **headers}
    request = urllib.request.Request(url, data, ours)  # noqa: S310 — the configuration lets in http and https alone
    try:
        return _answer_of(request)
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(f"{url}: {type(error).__name__}: {error}") from error


def _answer_of(request: urllib.request.Request) -> Answer:
    try:
        with _opener.open(request, timeout=SECONDS) as response:
            return Answer(response.status, _read(response))
    except urllib.error.HTTPError as refused:
        with refused:
            return Answer(refused.code, _read(refused) if refused.code < 500 else {})


def _read(response: Any) -> Mapping[str, Any]:
    """The body as an object; a list becomes one under `items`. Raises NoAnswer or ValueError."""
    until, text = time.monotonic() + SECONDS, b""
    while piece := response.read1(PIECE):
        text += piece
        if len(text) > MOST or time.monotonic() > until:
            raise NoAnswer("more than anyone reads, or slower than anyone waits")
    try:
        body = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested deeper than anyone reads") from error
    if isinstance(body, list):
        return {"items": body}
    if not isinstance(body, dict):
        raise ValueError("no object")
    return body
