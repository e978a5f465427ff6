"""The only place that commits.

A request runs in one unit around its view; jobs and `@steps` views open short units of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask, Response, g, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from shop.extensions import db
from shop.lib.database import was_broken_off

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ATTEMPTS = 3
SEEN = "seen_in_unit"
View = TypeVar("View", bound=Callable[..., Any])
T = TypeVar("T")


class NestedUnit(RuntimeError):
    """A unit was opened inside an open one, where SQLite would wait for itself, or read-only over what can write."""


@contextmanager
def unit_of_work(*, read_only: bool = False) -> Iterator[None]:
    """Open one transaction, commit it at the end, roll it back when anything raises.

    A read-only unit lets the database itself refuse a write. It is committed as well: after a rollback psycopg forgets
    the statements it has prepared, and PostgreSQL would plan every query of every request anew.
    """
    _open(read_only)
    try:
        yield
        _close(commit=True)
    except BaseException:
        _close(commit=False)
        raise


def after_commit(action: Callable[[], None]) -> None:
    """Run an action once this unit has committed; dropped when it rolls back. For wake-up calls only."""
    db.session.info.setdefault("after_commit", []).append(action)


def steps(view: View) -> View:
    """Mark a view that opens its own short units because it does slow work between them."""
    view.opens_own_units = True  # type: ignore[attr-defined]
    return view


def is_open() -> bool:
    """Whether a unit is open."""
    return bool(g.get("unit_is_open", False))


def is_read_only() -> bool:
    """Whether a unit is open that cannot write."""
    return g.get("unit_is_read_only", False) and is_open()


def once_a_unit(name: str, read: Callable[[], T]) -> T:
    """What a unit asks for again and again, read once in it.

    The next unit reads for itself: what was seen before it may have changed since, and what is kept for everyone by
    today's stamp must not be made of it. Between two units it is what the last one saw.
    """
    seen: dict[str, Any] = g.setdefault(SEEN, {})
    if name not in seen:
        seen[name] = read()
    found: T = seen[name]
    return found


def read_anew(name: str) -> None:
    """Forget what this unit has read, because it changed it."""
    g.setdefault(SEEN, {}).pop(name, None)


class UnitOfWorkFlask(Flask):
    """Flask whose views run inside one unit: committed below 400, rolled back otherwise."""

    def dispatch_request(self) -> ResponseReturnValue:
        if request.routing_exception is not None or request.endpoint == "static":
            return super().dispatch_request()
        view = self.view_functions.get(request.endpoint or "")
        if getattr(view, "opens_own_units", False):
            return super().dispatch_request()
        return self._dispatch_with_retries()

    def _dispatch_with_retries(self) -> Response:
        """Run the view again when the database broke a deadlock; each try starts from the same cookie and `g`."""
        cookie, around = dict(session), dict(vars(g))
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._dispatch_in_unit()
            except OperationalError as error:
                if attempt == ATTEMPTS or not was_broken_off(error):
                    raise
                _put_back(cookie, around)
        raise AssertionError("unreachable")

    def _dispatch_in_unit(self) -> Response:
        read_only = request.method in SAFE_METHODS
        _open(read_only)
        try:
            response = self.make_response(super().dispatch_request())
            _close(commit=read_only or response.status_code < 400)
        except BaseException:
            _close(commit=False)
            raise
        return response


def _put_back(cookie: dict[str, Any], around: dict[str, Any]) -> None:
    """Forget what a try that was rolled back left behind: a guest's new session id, a visitor, flashes."""
    session.clear()
    session.update(cookie)
    vars(g).clear()
    vars(g).update(around)


def _open(read_only: bool) -> None:
    if g.get("unit_is_open"):
        raise NestedUnit("a unit of work is already open")
    if read_only and db.session().in_transaction():
        raise NestedUnit("something was read outside a unit: in its transaction this one could write")
    g.unit_is_open, g.unit_is_read_only = True, read_only
    g.pop(SEEN, None)
    db.session.info.pop("after_commit", None)
    if read_only:
        db.session.connection(execution_options={"postgresql_readonly": True})


def _close(*, commit: bool) -> None:
    actions = db.session.info.pop("after_commit", []) if commit else []
    try:
        if commit:
            db.session.commit()
        else:
            db.session.rollback()
    finally:
        g.unit_is_open = False
        db.session.remove()
    for action in actions:
        action()
