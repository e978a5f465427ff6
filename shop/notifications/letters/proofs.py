"""What is sent to prove who somebody is: codes, the link that verifies an e-mail, the e-mail of a phone.

Each code or link is made here, when it leaves, so that no secret ever rides in an event.
"""

from __future__ import annotations

from flask import current_app

from shop.accounts.events import (
    EmailReminderAsked,
    EmailVerificationAsked,
    PhoneVerificationAsked,
    PhoneVerified,
    ResetCodeAskedByMail,
    ResetCodeAskedBySms,
)
from shop.accounts.masking import masked
from shop.accounts.models import User
from shop.accounts.services import codes, verifications
from shop.accounts.services.codes import Purpose
from shop.checkout.events import CashCodeAsked
from shop.checkout.services.proving import make_code
from shop.extensions import db
from shop.lib.http.answers import external_url
from shop.notifications.letters.letter import Letter


def write_reset_code(event: ResetCodeAskedByMail) -> Letter | None:
    """To the e-mail it was asked for by."""
    user = _reachable(event.user_id)
    return _coded(user, Purpose.RESET, user.email) if user else None


def text_reset_code(event: ResetCodeAskedBySms) -> Letter | None:
    """To a phone that is verified, or is all there is: a mistyped number must not open somebody's account."""
    user = _reachable(event.user_id)
    if user is None or (user.email and not user.phone_verified_at):
        return None
    return _coded(user, Purpose.RESET, user.phone)


def text_phone_code(event: PhoneVerificationAsked) -> Letter | None:
    """To the phone that is to be verified."""
    user = _reachable(event.user_id)
    return _coded(user, Purpose.PHONE, user.phone) if user and not user.phone_verified_at else None


def write_cash_code(event: CashCodeAsked) -> Letter | None:
    """To the phone of a checkout; to its e-mail where the shop sends no text messages."""
    made, by_text = make_code(event.cart_id), current_app.config["SHOP"].sends_texts
    recipient = made and (made.phone if by_text else made.email)
    if made is None or not recipient:
        return None
    return Letter(recipient, {"code": made.code, "host": _host(), "phone": made.phone}, by_text=by_text)


def write_email_verification(event: EmailVerificationAsked) -> Letter | None:
    """With a link made now; every older one stops working."""
    user = _reachable(event.user_id)
    token = verifications.make_link(event.user_id) if user else None
    if user is None or user.email is None or token is None:
        return None
    link = external_url("email_verification.show", token=token)
    facts = {"person": user, "action_url": link, "action_label": "Confirm this address"}
    return Letter(user.email, facts, user_id=user.id)


def write_phone_verified(event: PhoneVerified) -> Letter | None:
    """A warning to the e-mail, in case it was somebody else."""
    user = _reachable(event.user_id)
    if user is None or user.email is None:
        return None
    return Letter(user.email, {"person": user, "phone": masked(user.phone or "")}, user_id=user.id)


def text_email_reminder(event: EmailReminderAsked) -> Letter | None:
    """To the phone it was asked for by; without an e-mail there the phone is what one logs in with."""
    user = _reachable(event.user_id)
    if user is None or user.phone is None:
        return None
    return Letter(user.phone, {"email": masked(user.email) if user.email else ""}, user_id=user.id)


def _reachable(user_id: int) -> User | None:
    user = db.session.get(User, user_id)
    return user if user and user.is_active else None


def _coded(user: User, purpose: Purpose, address: str | None) -> Letter | None:
    """With a new code for this address; None where there is no address, or no code is to be sent any more."""
    code = codes.make_code(user.id, purpose, address) if address else None
    if address is None or code is None:
        return None
    return Letter(address, {"person": user, "code": code, "host": _host()}, user_id=user.id)


def _host() -> str:
    """What a text message names last, so that a phone offers its code on this site alone."""
    base_url: str = current_app.config["SHOP"].base_url
    return base_url.partition("://")[2]
