"""New passwords (ACC-04 to ACC-06): changed, set by a code or link; and the e-mail that was forgotten.

What anybody may ask for is answered alike for known and unknown; the mail or the text message does the telling.
"""

from __future__ import annotations

from typing import Any

from flask import current_app

from shop.accounts import throttles
from shop.accounts.errors import NoTexts, WeakPassword, WrongCode
from shop.accounts.masking import masked
from shop.accounts.queries.people import person_of
from shop.accounts.services import asking, credentials, resets
from shop.accounts.services.confirming import confirm
from shop.accounts.services.credentials import new_hash
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, signed_in
from shop.api.schemas.auth import Confirmation, Message
from shop.api.schemas.passwords import (
    ChangePassword,
    CodeSent,
    ForgotEmail,
    ForgotPassword,
    Named,
    ResetPassword,
)
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership

bp = ApiBlueprint("passwords", "auth", "New passwords, codes and links")
CHANGED = "Your password is changed, and every device is logged out. Log in with the new one."


@bp.post("/change-password")
@throttles.own_password
@signed_in
@bp.body(ChangePassword)
@bp.response(200, Message)
@steps
def change_password(body: dict[str, Any]) -> dict[str, str]:
    """Set a new password against the current one.

    Every other sign-in of the person ends, with all its tokens; this one goes on.
    """
    here = visitor()
    proven = credentials.check_password(here.user_id or 0, body["current_password"])
    try:
        password_hash = credentials.new_hash_for(proven, body["new_password"])
    except WeakPassword as error:
        raise WeakPassword(str(error), field="new_password") from None
    with unit_of_work():
        credentials.set_password(person_of(proven.user_id), password_hash, but=here.session_id)
    return {"message": "Your password is changed. Every other device is logged out."}


@bp.post("/confirm-password")
@throttles.own_password
@signed_in
@bp.body(Confirmation)
@bp.response(200, Message)
@steps
def confirm_password(body: dict[str, Any]) -> dict[str, str]:
    """Show once more who uses this sign-in, where an answer was 403 with the code `confirm_password`.

    422 for a wrong password or code, 429 after five codes that did not fit. It holds for some minutes.
    """
    here = visitor()
    confirm(here.user_id or 0, here.session_id or "", body["current_password"], body["code"])
    return {"message": "Confirmed."}


@bp.post("/forgot-password/request")
@throttles.asking_by_address
@throttles.asking_by_account
@bp.body(ForgotPassword)
@bp.response(200, CodeSent)
@steps
def forgot_password(body: dict[str, Any]) -> dict[str, str]:
    """Ask for a code, or a link, to set a new password.

    The answer is the same whether or not an account belongs to the e-mail or phone, which it repeats masked.
    """
    if body["send"] == "code":
        return _code_asked(body)
    if body["method"] == "phone":
        raise ShopError("A link goes to an e-mail address only.", field="send")
    with unit_of_work():
        asking.ask_for_link(body["name"])
    return _on_its_way("a link", body)


@bp.post("/forgot-password/resend")
@throttles.asking_by_address
@throttles.asking_by_account
@bp.body(Named)
@bp.response(200, CodeSent)
@steps
def resend_code(body: dict[str, Any]) -> dict[str, str]:
    """Ask for another code; the one before stops working, and the tries that were used stay used."""
    return _code_asked(body)


@bp.post("/forgot-password/verify")
@throttles.proof_by_address
@throttles.proof_by_account
@bp.body(ResetPassword)
@bp.response(200, Message)
@steps
def set_password(body: dict[str, Any]) -> dict[str, str]:
    """Set a new password with the code, or with the token of the mailed link; every sign-in of the person ends.

    422 alike for a wrong code, one that is too old or was tried too often, and an account that nobody has.
    """
    if body["token"]:
        password_hash = new_hash(body["new_password"])
        with unit_of_work():
            membership.reset_password(body["token"], password_hash)
    else:
        _reset_by_code(body)
    return {"message": CHANGED}


@bp.post("/forgot-email")
@throttles.asking_by_address
@throttles.asking_by_account
@bp.body(ForgotEmail)
@bp.response(200, Message)
@steps
def forgot_email(body: dict[str, Any]) -> dict[str, str]:
    """Have the e-mail of an account texted to its phone, masked; answered alike for a phone nobody has."""
    need_texts()
    with unit_of_work():
        asking.ask_for_email(body["phone"])
    return {"message": "If an account belongs to that number, a text message with its e-mail is on its way."}


def _code_asked(body: dict[str, Any]) -> dict[str, str]:
    with unit_of_work():
        asking.ask_for_code(body["name"])
    return _on_its_way("a code", body)


def _on_its_way(what: str, body: dict[str, Any]) -> dict[str, str]:
    where = masked(body["typed"])
    message = f"If an account belongs to {where}, {what} is on its way there."
    return {"message": message, "method": body["method"], "identifier": where}


def _reset_by_code(body: dict[str, Any]) -> None:
    """The code is checked first: only whoever has it learns how long a hash takes."""
    try:
        checked = resets.check_code(body["name"], body["otp"])
        password_hash = new_hash(body["new_password"])
        with unit_of_work():
            membership.reset_by_code(body["name"], checked, password_hash)
    except WrongCode:
        raise WrongCode("otp") from None


def need_texts() -> None:
    """Raises NoTexts in a shop without a provider for text messages."""
    if not current_app.config["SHOP"].sends_texts:
        raise NoTexts("phone")
