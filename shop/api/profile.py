"""One's own profile (ACC-08)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request

from shop.accounts import throttles
from shop.accounts.contacts import split_phone
from shop.accounts.models import User
from shop.accounts.queries.people import person_of
from shop.accounts.services import credentials, people, profiles
from shop.accounts.services.people import Person
from shop.accounts.services.profiles import About
from shop.accounts.visits import visitor
from shop.api.door import FILES, ApiBlueprint, NothingToChange
from shop.api.schemas.profile import Profile, ProfileChange
from shop.lib.errors import ShopError
from shop.lib.files.drawing import Frame
from shop.lib.files.errors import BadPicture
from shop.lib.files.kinds import PORTRAIT, StoredPicture
from shop.lib.files.serving import uploaded
from shop.lib.files.storage import stored
from shop.lib.unit_of_work import steps, unit_of_work

bp = ApiBlueprint("profile", "users", "One's own profile", guarded=True)
IMAGE = "image"
KEPT = ("id", "first_name", "last_name", "email", "phone", "gender", "date_of_birth", "picture",
        "email_verified_at", "phone_verified_at", "created_at", "last_login_at")  # fmt: skip


@bp.get("/profile")
@bp.response(200, Profile)
def show() -> dict[str, Any]:
    """Who the token speaks for, and what they say of themselves."""
    return _shown(person_of(_me()))


@bp.put("/profile-update")
@throttles.own_password
@throttles.own_pictures
@bp.doc(**{FILES: [IMAGE]})
@bp.body(ProfileChange)
@bp.response(200, Profile)
@steps
def update(change: dict[str, Any]) -> dict[str, Any]:
    """Change what is sent; as multipart with the file `image` the picture as well.

    A new e-mail or phone needs `current_password` and is not verified; the old address is told of a new e-mail. 409
    where e-mail or phone have an account.
    """
    frame = Frame(*(change.pop(name) / 100 for name in ("x", "y", "zoom")))
    password = change.pop("current_password", "")
    if not change and IMAGE not in request.files:
        raise NothingToChange
    if any(
        change.get(name, known) != known for name, known in (("email", visitor().email), ("phone", visitor().phone))
    ):
        _ask_password(password)
    with _picture(frame) as picture, unit_of_work():
        _change(change)
        if picture:
            profiles.show_picture(_me(), picture)
        return _shown(person_of(_me()))


@bp.delete("/profile/picture")
@bp.response(200, Profile)
def remove_picture() -> dict[str, Any]:
    """Take the picture away; initials stand in its place."""
    profiles.show_picture(_me(), None)
    return _shown(person_of(_me()))


@contextmanager
def _picture(frame: Frame) -> Iterator[StoredPicture | None]:
    """The picture that was sent, if one was, while its row is written."""
    if IMAGE not in request.files:
        yield None
        return
    try:
        with stored(uploaded(IMAGE), PORTRAIT, frame) as picture:
            yield picture
    except BadPicture as error:
        raise BadPicture(str(error), field=IMAGE) from error


def _change(change: dict[str, Any]) -> None:
    user = person_of(_me())
    values = {name: change.get(name, getattr(user, name)) for name in ("first_name", "last_name", "email", "phone")}
    people.change_person(_me(), Person(**values | {"last_name": values["last_name"] or ""}))
    about = {name: change.get(name, getattr(user, name)) or None for name in ("gender", "date_of_birth")}
    profiles.describe(_me(), About(**about))


def _ask_password(password: str) -> None:
    if not password:
        raise ShopError("Send current_password to change the e-mail address or the phone.", field="current_password")
    credentials.check_password(_me(), password)


def _shown(user: User) -> dict[str, Any]:
    code, number = split_phone(user.phone)
    return {name: getattr(user, name) for name in KEPT} | {"country_code": code, "phone_no": number}


def _me() -> int:
    return visitor().user_id or 0
