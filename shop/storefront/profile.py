"""What the signed-in person says of themselves: name, e-mail, phone, gender, date of birth (ACC-08)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts import throttles
from shop.accounts.guards import require_sign_in
from shop.accounts.queries.people import person_of
from shop.accounts.services import credentials, people, profiles
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.forms.accounts import ProfileForm

bp = Blueprint("profile", __name__, url_prefix="/account/profile")
bp.before_request(require_sign_in)


@bp.get("")
def show() -> Response:
    return _form_page(ProfileForm(obj=person_of(_me())))


@bp.post("")
@throttles.own_password
@steps
def save() -> Response:
    form = ProfileForm()
    with unit_of_work(read_only=True):
        if not form.validate():
            return _form_page(form, 422)
    try:
        _change(form)
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _form_page(form, error.status)
    flash("Your profile is saved.", "good")
    return go_to(url_for("profile.show"))


def _change(form: ProfileForm) -> None:
    """A new e-mail or phone can take the account over, so it needs the password; the slow check is outside the unit."""
    person = form.person()
    if (person.email, person.phone) != (visitor().email, visitor().phone):
        _ask_password(form)
    with unit_of_work():
        people.change_person(_me(), person)
        profiles.describe(_me(), form.about())


def _ask_password(form: ProfileForm) -> None:
    if not form.current_password.data:
        raise ShopError(
            "Enter your current password to change the e-mail address or the phone.", field="current_password"
        )
    credentials.check_password(_me(), form.current_password.data)


def picture_page(error: ShopError) -> Response:
    """The profile, saying at the picture why it was refused."""
    return _form_page(ProfileForm(formdata=None, obj=person_of(_me())), error.status, refusal=str(error))


def _form_page(form: ProfileForm, status: int = 200, refusal: str = "") -> Response:
    return page("storefront/profile/show.html", status, form=form, person=person_of(_me()), refusal=refusal)


def _me() -> int:
    return visitor().user_id or 0
