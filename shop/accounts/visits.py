"""The bridge between what a request carries and the session rows: who visits, begin a visit, end it.

A page is opened by Flask's signed cookie; the API only by an access token, so no other site can speak for anyone there.
"""

from __future__ import annotations

from dataclasses import replace

import structlog
from flask import Flask, g, has_request_context, request, session
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from shop.accounts.queries.people import visitor_of
from shop.accounts.services import sessions, tokens
from shop.accounts.visitor import ANONYMOUS, Visitor
from shop.extensions import login
from shop.lib.actor import name_visitor
from shop.lib.clock import now
from shop.lib.http.answers import is_api
from shop.lib.unit_of_work import unit_of_work

COOKIE_KEY, DESK_KEY = "sid", "desk"
log = structlog.get_logger()


def install(app: Flask) -> None:
    """Let Flask-Login ask us; the visitor is read before every view, in a read-only unit of its own."""
    login.init_app(app)
    login.anonymous_user = lambda: _here(ANONYMOUS)
    login.request_loader(_load_visitor)
    app.before_request(_read_visitor)
    name_visitor(app, lambda: visitor().actor)


def visitor() -> Visitor:
    """The visitor of this request."""
    found: Visitor = current_user._get_current_object()
    return found


def with_session() -> Visitor:
    """The visitor with a session row; a guest gets one now, in the current unit."""
    here = visitor()
    return here if here.session_id else begin(None)


def begin(user_id: int | None, *, remember: bool = False) -> Visitor:
    """Begin a visit under a new session id, in the current unit; at login this is what stops session fixation."""
    row = sessions.start_session(user_id, _ip(), request.user_agent.string, remember=remember)
    csrf_token = session.get("csrf_token") if user_id is None else None
    flashes = session.get("_flashes")
    session.clear()
    session[COOKIE_KEY] = row.id
    session.permanent = remember or user_id is None
    if csrf_token:
        session["csrf_token"] = csrf_token
    if flashes:
        session["_flashes"] = flashes
    g._login_user = _here(visitor_of(row.id) or ANONYMOUS)
    return visitor()


def end() -> None:
    """End this visit: the row is revoked, the cookie forgets it."""
    here = visitor()
    if here.session_id:
        sessions.leave(here.session_id)
    session.clear()
    g._login_user = _here(ANONYMOUS)


def begin_help(session_id: str) -> None:
    """Visit as the customer this session was opened for; the cookie keeps one's own visit as it is."""
    desk = {name: value for name, value in session.items() if name != "_flashes"}
    session.clear()
    session[COOKIE_KEY], session[DESK_KEY] = session_id, desk
    g._login_user = _here(visitor_of(session_id) or ANONYMOUS)


def is_help_over() -> bool:
    """Whether this browser was helping a customer, and may not any more."""
    return DESK_KEY in session and not is_api() and not visitor().helper


def return_to_desk() -> None:
    """One's own visit again, as it was; who it is is read at the next request."""
    desk = session[DESK_KEY]
    session.clear()
    session.update(desk)
    g._login_user = _here(ANONYMOUS)


def _read_visitor() -> None:
    if not _session_id():
        return
    with unit_of_work(read_only=True):
        here = visitor()
    if here.is_authenticated and here.seen_at and here.seen_at < now() - sessions.SEEN_EVERY:
        _note_seen(here)


def _note_seen(here: Visitor) -> None:
    """Nobody waits or fails for this: where the row is busy, the next request notes it."""
    try:
        with unit_of_work():
            sessions.note_seen(here.session_id or "", here.ip)
    except OperationalError as error:
        log.warning("visit_not_noted", error=str(error.orig))


def _load_visitor(_request: object) -> Visitor | None:
    session_id = _session_id()
    found = visitor_of(session_id) if session_id else None
    return _here(found) if found else None


def _session_id() -> str | None:
    """The session a request names, by its access token or by our cookie; None when neither is signed by us."""
    if is_api():
        return tokens.session_named_by(_access_token())
    session_id = session.get(COOKIE_KEY)
    return session_id if isinstance(session_id, str) else None


def _access_token() -> str | None:
    sent = request.authorization
    return sent.token if sent is not None and sent.type == "bearer" else None


def _here(found: Visitor) -> Visitor:
    """The visitor with what only the request knows: where from, and with what."""
    return replace(found, ip=_ip(), device=request.user_agent.string) if has_request_context() else found


def _ip() -> str | None:
    return request.remote_addr if has_request_context() else None
