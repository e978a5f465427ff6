"""Facts that others may react to, and who reacts.

An event is a frozen dataclass of ids. `emit` writes it to the outbox in the same transaction;
its handlers run later, each on its own, at least once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from shop.extensions import db
from shop.lib import wake
from shop.lib.clock import now
from shop.lib.models import OutboxEvent
from shop.lib.unit_of_work import after_commit


@dataclass(frozen=True)
class Event:
    """Base of every event: its fields are ids and short codes, never secrets.

    The first field is the id of what it is about.
    """


@dataclass(frozen=True)
class Handler:
    """A reaction to an event; one with `opens_own_units` is called with no unit open."""

    name: str
    function: Callable[[Any], None]
    event: type[Event]
    opens_own_units: bool


HANDLERS: dict[str, Handler] = {}
_occasion: ContextVar[int | None] = ContextVar("occasion", default=None)
H = TypeVar("H", bound=Callable[[Any], None])


def on(*events: type[Event], opens_own_units: bool = False) -> Callable[[H], H]:
    """Register a function as a handler of events; its module and name identify it in the outbox."""

    def register(function: H) -> H:
        for event in events:
            name = f"{function.__module__.removeprefix('shop.')}:{function.__name__}:{event.__name__}"
            HANDLERS[name] = Handler(name, function, event, opens_own_units)
        return function

    return register


def emit(event: Event, *, at_once: bool = True) -> None:
    """Owe the event to each of its handlers, in the caller's transaction.

    Without `at_once` nobody is woken for it: it is handled when the relay looks next.
    """
    for handler in HANDLERS.values():
        if handler.event is type(event):
            owe(handler, event)
    if at_once:
        after_commit(wake.ring)


def owe(handler: Handler, event: Event) -> None:
    """Write one outbox row: this event for this handler."""
    payload = dict(vars(event))
    subject = next(iter(payload.values()), None)
    db.session.add(
        OutboxEvent(
            event=type(event).__name__,
            subject_id=subject if isinstance(subject, int) else None,
            payload=payload,
            handler=handler.name,
            due_at=now(),
        )
    )


@contextmanager
def handling(outbox_id: int) -> Iterator[None]:
    """Let a handler know which outbox row it serves."""
    token = _occasion.set(outbox_id)
    try:
        yield
    finally:
        _occasion.reset(token)


def occasion() -> int | None:
    """The outbox row being handled: the same for every delivery of one emitted event, another for the next."""
    return _occasion.get()
