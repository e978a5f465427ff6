"""Where the signed-in person is logged in (ACC-03)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts import visits
from shop.accounts.devices import session_name
from shop.accounts.guards import require_sign_in
from shop.accounts.queries.sessions import handle_of, live_sessions_of, session_of
from shop.accounts.services import sessions
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.queries import rows

bp = Blueprint("sessions", __name__, url_prefix="/account/sessions")
bp.before_request(require_sign_in)


@bp.get("")
def index() -> Response:
    here = visitor()
    found = rows(live_sessions_of(here.user_id or 0))
    found.sort(key=lambda session: session.id != here.session_id)
    devices = [(session_name(session), handle_of(session.id), session) for session in found]
    return page("storefront/sessions/index.html", devices=devices, here_id=here.session_id)


@bp.post("/<handle>/removal")
def end(handle: str) -> Response:
    """Log one device out; this one too, if it is chosen."""
    here, chosen = visitor(), session_of(visitor().user_id or 0, handle)
    if chosen.id == here.session_id:
        return _leave("You are logged out.")
    sessions.leave(chosen.id)
    flash(f"{session_name(chosen)} is logged out.", "good")
    return go_to(url_for(".index"))


@bp.post("/others/removal")
def end_others() -> Response:
    here = visitor()
    sessions.leave_all(here.user_id or 0, but=here.session_id)
    flash("Every other device is logged out.", "good")
    return go_to(url_for(".index"))


@bp.post("/removal")
def end_all() -> Response:
    sessions.leave_all(visitor().user_id or 0)
    return _leave("You are logged out everywhere.")


def _leave(words: str) -> Response:
    visits.end()
    flash(words, "good")
    return go_to(url_for("login.show"))
