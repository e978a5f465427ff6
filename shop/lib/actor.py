"""Who does something: written into histories, ledgers and logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flask import Flask, current_app, has_request_context

VISITOR = "actor_of_request"


@dataclass(frozen=True)
class Actor:
    """A person or the shop itself; `kind` is customer, guest, staff, system or operator.

    `device` is what a browser or an app says of itself.
    """

    kind: str
    name: str
    user_id: int | None = None
    ip: str | None = None
    device: str | None = None


SYSTEM = Actor("system", "The shop")
OPERATOR = Actor("operator", "The operator")
_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


def name_visitor(app: Flask, actor: Callable[[], Actor]) -> None:
    """Tell how to learn who sent a request."""
    app.extensions[VISITOR] = actor


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Whatever is done inside is done by this actor."""
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)


def who_acts() -> Actor:
    """The job that runs, else the visitor whose request this is, else the operator at a shell."""
    if acting := _acting.get():
        return acting
    if not has_request_context():
        return OPERATOR
    actor: Actor = current_app.extensions[VISITOR]()
    return actor
