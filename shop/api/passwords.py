"""New passwords and proofs (ACC-04 to ACC-07): change, forgot by code or link, forgot e-mail, verify e-mail and phone.

What anybody may ask for is answered alike for known and unknown; the mail or the text message does the telling.
"""

from __future__ import annotations

from typing import Any

from flask import current_app

from shop.accounts import queries, throttles
from shop.accounts.errors import NoTexts, WeakPassword, WrongCode
from shop.accounts.masking import masked
from shop.accounts.services import asking, codes, credentials, resets, verifications
from shop.accounts.services.codes import Purpose
from shop.accounts.services.credentials import new_hash
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, signed_in
from shop.api.schemas.auth import Message
from shop.api.schemas.passwords import (
    ChangePassword,
    CodeSent,
    EmailToken,
    ForgotEmail,
    ForgotPassword,
    Named,
    OwnPhone,
    OwnPhoneCode,
    PhoneCodeSent,
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
        credentials.set_password(queries.person_of(proven.user_id), password_hash, but=here.session_id)
    return {"message": "Your password is changed. Every other device is logged out."}


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

    422 alike for a wrong code, one that is too old or was tried five times, and an account that nobody has.
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
    _need_texts()
    with unit_of_work():
        asking.ask_for_email(body["phone"])
    return {"message": "If an account belongs to that number, a text message with its e-mail is on its way."}


@bp.post("/verify-email")
@throttles.proof_by_address
@bp.body(EmailToken)
@bp.response(200, Message)
def verify_email(body: dict[str, Any]) -> dict[str, str]:
    """Confirm an e-mail with the token of the link that was mailed to it."""
    membership.verify_email(body["token"])
    return {"message": "The e-mail address is confirmed."}


@bp.post("/verify-email/request")
@throttles.own_asking
@signed_in
@bp.response(200, Message)
def send_email_link() -> dict[str, str]:
    """Have the link that confirms the account's e-mail mailed again; 409 where there is nothing to confirm."""
    verifications.ask_for_email_link(visitor().user_id or 0)
    return {"message": "A link is on its way to your e-mail address."}


@bp.post("/verify-phone/request")
@throttles.own_asking
@signed_in
@bp.body(OwnPhone, required=False)
@bp.response(200, PhoneCodeSent)
@steps
def send_phone_code(body: dict[str, Any]) -> dict[str, str]:
    """Have a code texted to the account's phone; 409 where there is nothing to confirm."""
    _need_texts()
    number = _own_phone(body)
    with unit_of_work():
        verifications.ask_for_phone_code(visitor().user_id or 0)
    return {"message": "A code is on its way to your phone.", "phone": masked(number)}


@bp.post("/verify-phone")
@throttles.own_proof
@signed_in
@bp.body(OwnPhoneCode)
@bp.response(200, Message)
@steps
def verify_phone(body: dict[str, Any]) -> dict[str, str]:
    """Confirm the account's phone with the code that came to it."""
    number, me = _own_phone(body), visitor().user_id or 0
    code_hash = codes.check_code(me, Purpose.PHONE, number, body["code"])
    with unit_of_work():
        verifications.use_phone_code(me, number, code_hash)
    return {"message": "The phone number is confirmed."}


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


def _own_phone(body: dict[str, Any]) -> str:
    mine = visitor().phone or ""
    if body.get("phone") not in {None, "", mine}:
        raise ShopError("That is not the phone of your account. Change it on your profile first.", field="phone")
    return mine


def _need_texts() -> None:
    if not current_app.config["SHOP"].sends_texts:
        raise NoTexts("phone")
