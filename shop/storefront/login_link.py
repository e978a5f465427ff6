"""A mailed link that logs in once; it opens a page whose button posts."""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.accounts import throttles
from shop.accounts.errors import LoginLinkExpired, SignInFailed
from shop.accounts.services import login_links
from shop.lib.http.answers import go_to, page
from shop.lib.http.headers import keep_private
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.arrival import come_in

bp = Blueprint("login_link", __name__, url_prefix="/login/link")
bp.after_request(keep_private)


@bp.get("")
def show() -> Response:
    token = request.args.get("token", "")
    return page("storefront/login/link.html", token=token) if login_links.is_open(token) else _expired()


@bp.post("")
@throttles.login_by_address
@steps
def log_in() -> Response:
    try:
        with unit_of_work():
            return go_to(come_in(login_links.use_login_link(request.form.get("token", ""))))
    except (LoginLinkExpired, SignInFailed):
        with unit_of_work(read_only=True):
            return _expired()


def _expired() -> Response:
    error = LoginLinkExpired()
    return page("storefront/login/not_signed_in.html", error.status, advice=str(error))
