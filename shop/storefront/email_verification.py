"""The mailed link that proves an e-mail: it opens a page, and the page's button confirms (ACC-07).

The link shows who reads the mailbox, and being signed in whose account it is. Only both together prove the address:
somebody may have opened an account with another's, and waits for the orders that come with it.
"""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts import throttles
from shop.accounts.errors import VerificationExpired
from shop.accounts.guards import require_sign_in
from shop.accounts.services import verifications
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.membership import services as membership
from shop.storefront.forms.proofs import TokenForm

bp = Blueprint("email_verification", __name__, url_prefix="/verify/email")
bp.before_request(require_sign_in)
GONE = 410


@bp.get("")
def show() -> Response:
    form = TokenForm(request.args)
    email = verifications.email_of(form.token.data or "", _me())
    return page("storefront/email_verification/show.html", form=form, email=email) if email else _expired()


@bp.post("")
@throttles.proof_by_address
def confirm() -> Response:
    try:
        membership.verify_email(TokenForm().token.data or "", _me())
    except VerificationExpired:
        return _expired()
    flash("Thank you. Your e-mail address is confirmed, and any orders you placed with it are among yours.", "good")
    return go_to(url_for("profile.show"))


def _expired() -> Response:
    return page("storefront/email_verification/expired.html", GONE)


def _me() -> int:
    return visitor().user_id or 0
