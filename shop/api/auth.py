"""Accounts and access (ACC-01, ACC-02, ACC-15): register, log in, renew, log out.

A sign-in is a session row like a browser's. Its refresh tokens work once; browsers get them in the cookie `rt` that no
script reads, apps in the body. The rotation itself is in `accounts/services/tokens.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from werkzeug.exceptions import Forbidden

from shop.accounts import throttles
from shop.accounts.contacts import login_name
from shop.accounts.errors import AlreadyTaken, SignInOver, WrongTwoFactorCode
from shop.accounts.services import second_step, sessions, tokens
from shop.accounts.services.credentials import authenticate, new_hash
from shop.accounts.visits import visitor
from shop.api.arrival import CSRF_HEADER, PATH, come_in, go_in, handed_out, plain, refresh_cookie
from shop.api.door import BEARER, ApiBlueprint, refuse_strangers, signed_in
from shop.api.schemas.auth import (
    BODY,
    COOKIE,
    CodeNeeded,
    Login,
    Message,
    Refresh,
    RefreshCookie,
    RefreshHeaders,
    Register,
    Renewed,
    SecondStep,
    SignedIn,
)
from shop.api.schemas.users import User
from shop.lib.http.cross_site import comes_from_here
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership

bp = ApiBlueprint("auth", "auth", "Accounts and access")


@dataclass(frozen=True)
class Shown:
    """The refresh token of a request, empty where there is none, and how it came."""

    token: str
    by_cookie: bool
    csrf_token: str


def takes_refresh_token(view: Callable[[Shown], Any]) -> Callable[..., Any]:
    """The view takes the refresh token of the body, else of the header, else of the cookie."""

    @bp.arguments(RefreshCookie, location="cookies")
    @bp.arguments(RefreshHeaders, location="headers")
    @bp.body(Refresh, required=False)
    @wraps(view)
    def taken(cookie: dict[str, Any], headers: dict[str, Any], body: dict[str, Any]) -> Any:
        given = body["refresh_token"] or headers["token"]
        return view(Shown(given or cookie["token"], not given, headers["csrf_token"]))

    return taken


@bp.post("/register")
@throttles.registration
@bp.body(Register)
@bp.response(201, User)
@steps
def register(body: dict[str, Any]) -> dict[str, Any]:
    """Make an account.

    409 when the e-mail or the phone has one already. It is not logged in by this.
    """
    password_hash = new_hash(body["password"])
    try:
        with unit_of_work():
            return plain(membership.register(body["person"], password_hash, None))
    except AlreadyTaken as error:
        raise AlreadyTaken(f"{error} Log in with it: POST {PATH}/login.", field=error.field) from error


@bp.post("/login")
@throttles.login_by_address
@throttles.login_by_account
@bp.body(Login)
@bp.response(200, SignedIn, headers=CSRF_HEADER)
@bp.alt_response(202, schema=CodeNeeded, description="The password is right, and a code is needed: /auth/two-factor")
@steps
def log_in(body: dict[str, Any]) -> Any:
    """Trade a password for tokens, or for a challenge where the person has two-factor sign-in.

    401 where name and password do not match, alike for a name that nobody has.
    """
    with unit_of_work(read_only=True):
        name = login_name(body["name"])
    credential = authenticate(name, body["password"])
    return come_in(credential, body["refresh_in"], remember=body["remember_me"])


@bp.post("/two-factor")
@throttles.login_by_address
@bp.body(SecondStep)
@bp.response(200, SignedIn, headers=CSRF_HEADER)
@steps
def show_code(body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Finish a login that asked for a code: trade its challenge and the code for tokens.

    401 where the challenge is over, 422 where the code does not fit, 429 after five codes that did not.
    """
    second_step.count_try(body["challenge"])
    try:
        with unit_of_work():
            passed = second_step.finish(body["challenge"], body["code"])
            return go_in(passed.credential, body["refresh_in"], remember=passed.remember)
    except WrongTwoFactorCode:
        second_step.note_failed(body["challenge"])
        raise


@bp.post("/token/refresh")
@takes_refresh_token
@bp.response(200, Renewed, headers=CSRF_HEADER)
@steps
def renew(shown: Shown) -> tuple[dict[str, Any], dict[str, str]]:
    """Trade a refresh token for new tokens, once.

    It comes in the cookie `rt`, in the body or in the header X-Refresh-Token. One that came in the cookie is answered
    in the cookie, any other in the body. For ten seconds a used token is taken for a double click; after that whoever
    shows it again ends the whole sign-in, because two hold it.
    """
    with unit_of_work():
        _refuse_forged(shown)
        made = tokens.renew(shown.token)
    if made is None:
        raise SignInOver
    return handed_out(made, COOKIE if shown.by_cookie else BODY)


@bp.post("/logout")
@bp.doc(security=[BEARER, {}])
@takes_refresh_token
@bp.response(200, Message)
def log_out(shown: Shown) -> tuple[dict[str, str], dict[str, str]]:
    """End a sign-in: its access and refresh tokens are dead at once.

    Needs the access token or a refresh token. A refresh token that is dead already is answered alike (RFC 7009), so a
    second logout does no harm and tells nothing.
    """
    here = visitor()
    if here.is_authenticated and here.session_id:
        sessions.leave(here.session_id)
    elif not shown.token:
        refuse_strangers()
    else:
        _refuse_forged(shown)
    tokens.revoke(shown.token)
    return {"message": "You are logged out."}, {"Set-Cookie": refresh_cookie("", 0)}


@bp.post("/logout-all")
@signed_in
@bp.response(200, Message)
def log_out_everywhere() -> tuple[dict[str, str], dict[str, str]]:
    """End every sign-in of the person, in apps and browsers: all their tokens are dead at once."""
    sessions.leave_all(visitor().user_id or 0)
    return {"message": "You are logged out everywhere."}, {"Set-Cookie": refresh_cookie("", 0)}


def _refuse_forged(shown: Shown) -> None:
    """Browsers send a cookie by themselves, so what comes by cookie must come from our pages, or bring its token."""
    session_id = tokens.session_of(shown.token) if shown.by_cookie and not comes_from_here() else None
    if session_id and not tokens.is_csrf_token(shown.csrf_token, session_id):
        raise Forbidden("Send the X-CSRFToken that came with the cookie.")
