"""What login and registration share: where to go, and a visit that begins under a new session id."""

from __future__ import annotations

from flask import request, session, url_for

from shop.accounts import visits
from shop.accounts.queries.two_factor import is_on
from shop.accounts.services import second_step, sessions
from shop.accounts.services.credentials import Credential
from shop.accounts.visits import visitor
from shop.lib.http.answers import local_path
from shop.membership import services as membership

OVERVIEW = "/account"
OFFICE = "/staff"
SECOND_STEP = "second_step"
LONGEST = 1000
NOT_TWICE = ("/login", "/register", "/logout")


def asked_page() -> str:
    """The path of this shop that the visitor asked for before they were sent to log in; empty where there is none."""
    path = local_path(request.form.get("next") or request.args.get("next"), "")
    return "" if len(path) > LONGEST or path.startswith(NOT_TWICE) else path


def wanted_page(wanted: str | None = None) -> str:
    """Where someone goes who is here now: what they asked for, now or before, else where their day begins."""
    if visitor().owes_two_factor:
        return url_for("two_factor.show")
    return (asked_page() if wanted is None else wanted) or (OFFICE if visitor().is_staff else OVERVIEW)


def guest_session() -> str | None:
    """The session of the guest who is about to become a person, if they wrote something."""
    here = visitor()
    return None if here.is_authenticated else here.session_id


def come_in(credential: Credential, *, remember: bool = False, wanted: str | None = None) -> str:
    """Where somebody goes whose first step was right: into the shop, or to the page that asks for their code.

    `wanted` is the page they asked for where the request does not say it. Runs in the current unit. The second step
    belongs to this browser: its token is in the cookie alone.
    """
    if is_on(credential.user_id):
        session[SECOND_STEP] = second_step.ask_for_code(credential, remember=remember)
        return url_for("login_code.show", next=(asked_page() if wanted is None else wanted) or None)
    return go_in(credential, remember=remember, wanted=wanted)


def go_in(credential: Credential, *, remember: bool, wanted: str | None = None) -> str:
    """Begin the visit of somebody who proved who they are, in the current unit, and return where they go."""
    membership.sign_in(credential, guest_session())
    arrive(credential.user_id, remember=remember)
    return wanted_page(wanted)


def arrive(user_id: int, *, remember: bool = False) -> None:
    """Begin the person's visit in the current unit; a visit of someone else in this browser ends."""
    here = visitor()
    if here.is_authenticated and here.session_id:
        sessions.end_session(here.session_id)
    visits.begin(user_id, remember=remember)
