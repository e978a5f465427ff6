"""What every way to sign in through the API ends with: tokens, or a challenge where a second step is needed."""

from __future__ import annotations

from typing import Any

from flask import current_app, jsonify, make_response, request
from werkzeug.http import dump_cookie

from shop.accounts.models import User as Account
from shop.accounts.queries.people import person_of
from shop.accounts.queries.two_factor import is_on
from shop.accounts.services import second_step, tokens
from shop.accounts.services.credentials import Credential
from shop.accounts.services.tokens import Tokens
from shop.accounts.visits import visitor
from shop.api.schemas.auth import BODY, CodeNeeded
from shop.api.schemas.users import User
from shop.lib.unit_of_work import unit_of_work
from shop.membership import services as membership

PATH = "/api/v1/auth"
CSRF_HEADER = {"X-CSRFToken": {"description": "To send with the cookie", "schema": {"type": "string"}}}


def come_in(credential: Credential, place: str, *, remember: bool) -> Any:
    """Answer a first step that was right: with tokens, or 202 and a challenge where a second one is needed."""
    with unit_of_work():
        if not is_on(credential.user_id):
            return go_in(credential, place, remember=remember)
        challenge = second_step.ask_for_code(credential, remember=remember)
    needed = {"challenge": challenge, "expires_in": int(second_step.LIFE.total_seconds())}
    return make_response(jsonify(CodeNeeded().dump(needed)), 202)


def go_in(credential: Credential, place: str, *, remember: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """Begin the sign-in of somebody who proved who they are, in the current unit."""
    membership.sign_in(credential, None)
    made = tokens.issue(credential.user_id, visitor().ip, request.user_agent.string, remember=remember)
    answer, headers = handed_out(made, place)
    return answer | {"user": plain(person_of(made.user_id))}, headers


def handed_out(made: Tokens, place: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The answer's body and headers; the refresh token is in one of them."""
    answer = {"access_token": made.access_token, "expires_in": made.expires_in}
    if place == BODY:
        return answer | {"refresh_token": made.refresh_token}, {}
    cookie = refresh_cookie(made.refresh_token, made.refresh_expires_in)
    return answer, {"Set-Cookie": cookie, "X-CSRFToken": tokens.csrf_token(made.session_id)}


def refresh_cookie(token: str, seconds: int) -> str:
    """The cookie that keeps a refresh token out of reach for scripts and other sites; an empty one clears it."""
    is_secure = current_app.config["SHOP"].is_secure
    return dump_cookie("rt", token, seconds, path=PATH, secure=is_secure, httponly=True, samesite="Strict")


def plain(account: Account) -> dict[str, Any]:
    """What is shown of an account, read while its unit is open."""
    return {name: getattr(account, name) for name in User().fields}
