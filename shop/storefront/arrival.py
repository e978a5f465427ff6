"""What login and registration share: where to go, and a visit that begins under a new session id."""

from __future__ import annotations

from flask import request

from shop.accounts import visits
from shop.accounts.services import sessions
from shop.accounts.visits import visitor
from shop.lib.http.answers import local_path

OVERVIEW = "/account"
OFFICE = "/staff"
LONGEST = 1000
NOT_TWICE = ("/login", "/register", "/logout")


def asked_page() -> str:
    """The path of this shop that the visitor asked for before they were sent to log in; empty where there is none."""
    path = local_path(request.form.get("next") or request.args.get("next"), "")
    return "" if len(path) > LONGEST or path.startswith(NOT_TWICE) else path


def wanted_page() -> str:
    """Where someone goes who is here now: what they asked for, else where their day begins."""
    return asked_page() or (OFFICE if visitor().is_staff else OVERVIEW)


def guest_session() -> str | None:
    """The session of the guest who is about to become a person, if they wrote something."""
    here = visitor()
    return None if here.is_authenticated else here.session_id


def arrive(user_id: int, *, remember: bool = False) -> None:
    """Begin the person's visit in the current unit; a visit of someone else in this browser ends."""
    here = visitor()
    if here.is_authenticated and here.session_id:
        sessions.end_session(here.session_id)
    visits.begin(user_id, remember=remember)
