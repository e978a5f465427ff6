"""What opens the account of the signed-in person beside the password: Google and GitHub (ACC-09)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, url_for

from shop.accounts import throttles
from shop.accounts.guards import require_sign_in
from shop.accounts.queries.people import person_of
from shop.accounts.services import asking, credentials
from shop.accounts.services.linked_sign_ins import linked_to, unlink
from shop.accounts.social import attempts
from shop.accounts.social.proofs import TITLES
from shop.accounts.social.providers import provider_named, providers
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.http.headers import let_forms_lead_to
from shop.lib.queries import rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.elsewhere import depart
from shop.storefront.forms.two_factor import StartForm

bp = Blueprint("sign_ins", __name__, url_prefix="/account/sign-ins")
bp.before_request(require_sign_in)
ONE = "/<any(google, github):provider>"


@bp.get("")
def show() -> Response:
    return _form_page(StartForm())


@bp.post(ONE)
@throttles.own_password
@steps
def add(provider: str) -> Response:
    """Off to the provider, once the password was given: whoever holds only a session adds no way in."""
    there, form = provider_named(provider), StartForm()
    if not form.validate():
        return _refused(form)
    try:
        credentials.check_password(_me(), form.current_password.data)
    except ShopError as error:
        form.blame(error)
        return _refused(form)
    return depart(there, attempts.begin(provider, link_to=_me()))


@bp.post(f"{ONE}/removal")
def remove(provider: str) -> Response:
    unlink(_me(), provider)
    flash(f"{TITLES[provider]} no longer opens your account.", "good")
    return go_to(url_for(".show"))


@bp.post("/password")
@throttles.own_password
def ask_for_password() -> Response:
    """Mail the link that sets a password to somebody who has none to give."""
    asking.ask_for_link(visitor().email or "")
    flash("A link to set a password is on its way to your e-mail.", "good")
    return go_to(url_for(".show"))


def _refused(form: StartForm) -> Response:
    with unit_of_work(read_only=True):
        return _form_page(form, 422)


def _form_page(form: StartForm, status: int = 200) -> Response:
    linked = {row.provider: row for row in rows(linked_to(_me()))}
    answer = page("storefront/sign_ins/show.html", status, form=form, person=person_of(_me()), linked=linked,
                  titles=TITLES, offered=[key for key in providers() if key not in linked])  # fmt: skip
    return let_forms_lead_to(answer, *(_origin(there.home) for there in providers().values()))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _me() -> int:
    return visitor().user_id or 0
