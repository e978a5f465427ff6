"""Sign in with Google or GitHub: off to the provider, and back (ACC-09)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, session, url_for

from shop.accounts import throttles
from shop.accounts.errors import SignInFailed
from shop.accounts.social import attempts
from shop.accounts.social.attempts import Attempt
from shop.accounts.social.proofs import Proof, ProofRefused, Provider
from shop.accounts.social.providers import provider_named
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import external_url, go_to, local_path, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import elsewhere
from shop.storefront.arrival import asked_page, come_in

bp = Blueprint("elsewhere", __name__, url_prefix="/login")
AWAY = "away"
ONE = "/<any(google, github):provider>"


@bp.get(ONE)
@throttles.sign_in_elsewhere
@steps
def leave(provider: str) -> Response:
    """Off to the provider. Only the cookie remembers it, so this writes nothing."""
    return depart(provider_named(provider), attempts.begin(provider, next=asked_page()))


@bp.get(f"{ONE}/callback")
@throttles.sign_in_elsewhere
@steps
def come_back(provider: str) -> Response:
    """Back from the provider, with a code or with a refusal."""
    there, attempt = provider_named(provider), _attempt(provider)
    if "error" in request.args:
        flash(f"You stopped at {there.title}. Nothing was changed.", "info")
        return go_to(_start(attempt))
    try:
        return _arrive(there, attempt)
    except (ShopError, SignInFailed) as error:
        return _failed_page(error)


def depart(there: Provider, attempt: Attempt) -> Response:
    """Send the browser to the provider; what comes back has to fit what its cookie says now."""
    try:
        url = there.login_url(_callback(there.key), attempt.state, attempt.nonce, attempt.challenge)
    except ShopError as error:
        return _failed_page(error)
    session[AWAY] = vars(attempt)
    return redirect(url, code=303)  # type: ignore[return-value]


def _arrive(there: Provider, attempt: Attempt | None) -> Response:
    """The state is used up first, then the provider is asked; nothing is open while it answers."""
    with unit_of_work():
        is_ours = attempt is not None and attempts.use(attempt, request.args.get("state", ""))
    if attempt is None or not is_ours:
        raise ProofRefused(there.title)
    proof = there.prove(attempt.grant(request.args.get("code", "")[:2000], _callback(there.key)))
    if attempt.link_to is not None:
        return _link(there, attempt.link_to, proof)
    credential = elsewhere.enter(proof, there.title)
    with unit_of_work():
        return go_to(come_in(credential, wanted=attempt.next))


def _link(there: Provider, user_id: int, proof: Proof) -> Response:
    if visitor().user_id != user_id:
        raise ProofRefused(there.title)
    with unit_of_work():
        elsewhere.add_sign_in(user_id, proof)
    flash(f"{there.title} opens your account from now on.", "good")
    return go_to(url_for("sign_ins.show"))


def _attempt(provider: str) -> Attempt | None:
    """What this browser's cookie remembers of having left; it is forgotten now."""
    kept = session.pop(AWAY, None)
    return Attempt(**kept) if isinstance(kept, dict) and kept.get("provider") == provider else None


def _start(attempt: Attempt | None) -> str:
    if attempt is not None and attempt.link_to is not None:
        return url_for("sign_ins.show")
    return url_for("login.show", next=local_path(attempt.next if attempt else "", "") or None)


def _callback(provider: str) -> str:
    return external_url("elsewhere.come_back", provider=provider)


def _failed_page(error: ShopError) -> Response:
    with unit_of_work(read_only=True):
        return page("storefront/login/not_signed_in.html", error.status, advice=str(error))
