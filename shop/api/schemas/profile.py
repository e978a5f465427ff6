"""One's own profile."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, missing, post_load, validate, validates_schema

from shop.accounts.contacts import dialled, email_address
from shop.accounts.models import Gender
from shop.api.schemas.auth import LONGEST_NAME, Reached, phone_of_store
from shop.api.schemas.fields import Key, Line, text
from shop.api.schemas.new_passwords import LONGEST_PASSWORD
from shop.api.schemas.users import User
from shop.lib.files.drawing import MOST_ZOOM
from shop.lib.files.kinds import StoredPicture
from shop.lib.http.answers import absolute

GENDERS = [gender.value for gender in Gender]
LONGEST_CODE = 5
LONGEST_PHONE = 30


class Portrait(fields.Field):
    """The whole address of a person's picture."""

    def _serialize(self, value: StoredPicture | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return absolute(value.url) if value else None


class Day(fields.Date):
    """A date; a form's empty one is none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return None if value == "" else super()._deserialize(value, attr, data, **kwargs)


class Profile(User):
    """What the shop knows of the person the token speaks for."""

    country_code = fields.String(required=True, allow_none=True, metadata={"description": "Of the phone, +91"})
    phone_no = fields.String(required=True, allow_none=True, metadata={"description": "The phone without its code"})
    phone_verified_at = fields.AwareDateTime(required=True, allow_none=True)
    gender = fields.String(required=True, allow_none=True, validate=validate.OneOf(GENDERS))
    date_of_birth = fields.Date(required=True, allow_none=True)
    image = Portrait(attribute="picture", required=True, allow_none=True, metadata={
        "type": "string", "format": "uri", "description": "The address of the picture"})  # fmt: skip


class ProfileChange(Schema):
    """What to change. A new e-mail needs the current password; the picture comes as the file `image` of a multipart."""

    first_name = Line(80)
    last_name = Line(80, 0, allow_none=True)
    email = Reached(LONGEST_NAME, email_address, load_default=missing)
    phone = Reached(LONGEST_PHONE, phone_of_store, load_default=missing)
    phone_no = text(LONGEST_PHONE, 0, allow_none=True, metadata={"description": "The same as `phone`"})
    country_code = text(LONGEST_CODE, 0, allow_none=True, metadata={"description": "Of `phone_no`, +91"})
    gender = fields.String(allow_none=True, validate=validate.OneOf([*GENDERS, ""]))
    date_of_birth = Day(allow_none=True)
    current_password = text(LONGEST_PASSWORD, 0, load_only=True)
    user_status_id = Key(load_only=True, metadata={"description": "Refused: nobody sets their own status"})
    x = fields.Float(load_default=50, validate=validate.Range(0, 100), metadata={
        "description": "How far along, in per cent, the square of the picture lies that is shown"})  # fmt: skip
    y = fields.Float(load_default=50, validate=validate.Range(0, 100), metadata={"description": "How far down"})
    zoom = fields.Float(load_default=100, validate=validate.Range(100, MOST_ZOOM), metadata={
        "description": "100 for the largest square, 200 for one of half its side"})  # fmt: skip

    @validates_schema
    def _leaves_status(self, data: dict[str, Any], **_: Any) -> None:
        if "user_status_id" in data:
            raise ValidationError("Nobody sets their own status.", "user_status_id")

    @validates_schema
    def _names_one_phone(self, data: dict[str, Any], **_: Any) -> None:
        if "phone" in data and "phone_no" in data:
            raise ValidationError("Send one of phone and phone_no.", "phone_no")
        if data.get("country_code") and not data.get("phone_no"):
            raise ValidationError("Send phone_no along with it.", "country_code")

    @post_load
    def _dialled(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        code, number = data.pop("country_code", None) or "", data.pop("phone_no", missing)
        if number is missing:
            return data
        try:
            return data | {"phone": phone_of_store(dialled(code, number)) if number else None}
        except ValueError as error:
            raise ValidationError(str(error), "phone_no") from None
