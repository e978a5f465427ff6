"""Sign in with Google and GitHub through the API (ACC-09): an app trades what it got there for tokens of the shop."""

from __future__ import annotations

from typing import Any

from flask import current_app

from shop.accounts import throttles
from shop.accounts.social.proofs import Grant
from shop.accounts.social.providers import provider_named
from shop.api.arrival import CSRF_HEADER, come_in
from shop.api.door import ApiBlueprint
from shop.api.schemas.auth import CodeNeeded, Elsewhere, SignedIn
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import steps
from shop.membership import elsewhere

bp = ApiBlueprint("elsewhere", "auth/oauth", "Accounts and access: with an account elsewhere")
NEEDED = "A code of the second step is needed: /auth/two-factor"


@bp.post("/google")
@throttles.login_by_address
@bp.body(Elsewhere)
@bp.response(200, SignedIn, headers=CSRF_HEADER)
@bp.alt_response(202, schema=CodeNeeded, description=NEEDED)
@steps
def with_google(body: dict[str, Any]) -> Any:
    """Trade a code of Google for tokens; somebody new gets an account.

    404 where the shop has not switched Google on, 409 where the e-mail is not proven, 422 for a code that proves
    nothing, 502 where Google does not answer.
    """
    return _sign_in("google", body)


@bp.post("/github")
@throttles.login_by_address
@bp.body(Elsewhere)
@bp.response(200, SignedIn, headers=CSRF_HEADER)
@bp.alt_response(202, schema=CodeNeeded, description=NEEDED)
@steps
def with_github(body: dict[str, Any]) -> Any:
    """Trade a code of GitHub for tokens; somebody new gets an account.

    404 where the shop has not switched GitHub on, 409 where the e-mail is not proven, 422 for a code that proves
    nothing, 502 where GitHub does not answer.
    """
    return _sign_in("github", body)


def _sign_in(key: str, body: dict[str, Any]) -> Any:
    there = provider_named(key)
    if body["redirect_uri"] not in current_app.config["SHOP"].app_redirect_uris:
        raise ShopError("The shop does not know this app's address.", field="redirect_uri")
    grant = Grant(body["code"], body["redirect_uri"], body["code_verifier"], body["nonce"])
    credential = elsewhere.enter(there.prove(grant), there.title)
    return come_in(credential, body["refresh_in"], remember=body["remember_me"])
