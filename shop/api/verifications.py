"""E-mails and phones are verified (ACC-07): by the token of a mailed link, and by a code."""

from __future__ import annotations

from typing import Any

from shop.accounts import throttles
from shop.accounts.masking import masked
from shop.accounts.services import codes, verifications
from shop.accounts.services.codes import Purpose
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, signed_in
from shop.api.passwords import need_texts
from shop.api.schemas.auth import Message
from shop.api.schemas.passwords import EmailToken, OwnPhone, OwnPhoneCode, PhoneCodeSent
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership

bp = ApiBlueprint("verifications", "auth", "Verified e-mails and phones")


@bp.post("/verify-email")
@throttles.proof_by_address
@signed_in
@bp.body(EmailToken)
@bp.response(200, Message)
def verify_email(body: dict[str, Any]) -> dict[str, str]:
    """Confirm the account's e-mail with the token of the link that was mailed to it; 422 for another account's link."""
    membership.verify_email(body["token"], visitor().user_id or 0)
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
    need_texts()
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


def _own_phone(body: dict[str, Any]) -> str:
    mine = visitor().phone or ""
    if body.get("phone") not in {None, "", mine}:
        raise ShopError("That is not the phone of your account. Change it on your profile first.", field="phone")
    return mine
