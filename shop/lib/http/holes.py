"""Holes in what is made once for everyone: what belongs to one visitor is filled in when it is sent.

A page that is kept, and a kept part of one such as a card, has a mark in each such place. Nothing personal can be kept,
because it is not even asked for where a mark is written; and no text of a product or a query can pretend to be a mark,
because marks hold a random value of the process.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from flask import Flask, current_app
from markupsafe import Markup

MARK = secrets.token_hex(8)
Filler = Callable[[str], str]
_is_kept: ContextVar[bool] = ContextVar("what_is_made_is_kept", default=False)


def install(app: Flask, fillers: Mapping[str, Filler]) -> None:
    """Give templates `hole(name, about)`; each filler is told `about` and returns HTML for the visitor of a request."""
    app.extensions["holes"] = dict(fillers)
    app.jinja_env.globals["hole"] = hole


def hole(name: str, about: object = "") -> Markup:
    """What one visitor sees in a place; a mark while something is made that is kept for everyone."""
    if _is_kept.get():
        return Markup(f"{MARK}{name} {about}{MARK}")  # noqa: S704  (both are names and numbers of our own)
    return _filling(f"{name} {about}")


@contextmanager
def made_to_keep() -> Iterator[None]:
    """Leave the holes open in whatever is made inside."""
    before = _is_kept.set(True)
    try:
        yield
    finally:
        _is_kept.reset(before)


def filled(kept: str) -> Markup:
    """What was kept, as the visitor of this request sees it; still open inside something that is kept itself."""
    parts = kept.split(MARK)
    if not _is_kept.get():
        parts[1::2] = [_filling(asked) for asked in parts[1::2]]
        return Markup("".join(parts))  # noqa: S704  (made by templates, which escaped what they were given)
    return Markup(kept)  # noqa: S704


def _filling(asked: str) -> Markup:
    name, _, about = asked.partition(" ")
    fillers: dict[str, Filler] = current_app.extensions["holes"]
    return Markup(fillers[name](about))  # noqa: S704
