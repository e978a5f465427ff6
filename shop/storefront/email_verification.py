"""The mailed link that proves an e-mail: it opens a page, and the page's button confirms (ACC-07)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts import throttles
from shop.accounts.errors import VerificationExpired
from shop.accounts.services import verifications
from shop.lib.http.answers import go_to, page
from shop.membership import services as membership
from shop.storefront.forms.proofs import TokenForm

bp = Blueprint("email_verification", __name__, url_prefix="/verify/email")
GONE = 410


@bp.get("")
def show() -> Response:
    form = TokenForm(request.args)
    email = verifications.email_of(form.token.data or "")
    return page("storefront/email_verification/show.html", form=form, email=email) if email else _expired()


@bp.post("")
@throttles.proof_by_address
def confirm() -> Response:
    """Whoever holds the link reads the mailbox, so nobody has to log in for it."""
    try:
        membership.verify_email(TokenForm().token.data or "")
    except VerificationExpired:
        return _expired()
    flash("Thank you. Your e-mail address is confirmed.", "good")
    return go_to(url_for("profile.show"))


def _expired() -> Response:
    return page("storefront/email_verification/expired.html", GONE)
