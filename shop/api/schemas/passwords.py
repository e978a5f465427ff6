"""New passwords, codes and links (ACC-04 to ACC-07)."""

from __future__ import annotations

from typing import Any

from flask import current_app
from marshmallow import Schema, ValidationError, fields, post_load, validate, validates, validates_schema

from shop.accounts.contacts import LOGIN_FIELDS, named_address
from shop.accounts.errors import NoTexts
from shop.api.schemas import new_passwords
from shop.api.schemas.auth import LONGEST_NAME, Message, Reached, phone_of_store
from shop.api.schemas.fields import text
from shop.api.schemas.new_passwords import LONGEST_PASSWORD
from shop.lib.http.incoming import stripped
from shop.lib.unit_of_work import unit_of_work

METHODS = ("email", "phone")
LONGEST_TOKEN = 100
SIX_DIGITS = validate.Regexp(r"^[0-9]{6}\Z", error="The code has six digits.")


def code_field(**kwargs: Any) -> fields.String:
    """A one-time code, as text: a number would lose its zeros."""
    return fields.String(validate=SIX_DIGITS, load_only=True, metadata={"pattern": "^[0-9]{6}$"}, **kwargs)


class NewPassword(Schema):
    """A password that is being set."""

    new_password = new_passwords.new_password()
    new_password_again = new_passwords.same_password()

    @validates("new_password")
    def _is_strong(self, value: str, **_: Any) -> None:
        new_passwords.refuse_weak(value)

    @validates_schema
    def _is_the_same(self, data: dict[str, Any], **_: Any) -> None:
        new_passwords.refuse_different(data, "new_password")


class ChangePassword(NewPassword):
    """The current password and a new one."""

    current_password = text(LONGEST_PASSWORD, required=True, load_only=True)


class Named(Schema):
    """Whose account it is: an e-mail or a phone, in one of these fields."""

    identifier = text(LONGEST_NAME, 0, allow_none=True, metadata={"description": "An e-mail or a phone"})
    email = text(LONGEST_NAME, 0, allow_none=True)
    phone = text(LONGEST_NAME, 0, allow_none=True)
    username = text(LONGEST_NAME, 0, allow_none=True, metadata={"description": "The same as `identifier`"})
    method = fields.String(allow_none=True, validate=validate.OneOf(METHODS), metadata={
        "description": "How the code goes; without it what was sent decides"})  # fmt: skip

    @post_load
    def _named(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """`typed` as it was sent, `name` as accounts keep it, `method` as it was meant."""
        typed = [(field, data[field]) for field in LOGIN_FIELDS if data.get(field)]
        return data | _address(*typed[0], data.get("method")) if len(typed) == 1 else self._unnamed(data)

    def _unnamed(self, _data: dict[str, Any]) -> dict[str, Any]:
        raise ValidationError("Send one of email, phone and identifier.", "identifier")


class ForgotPassword(Named):
    """Whose password is forgotten, and what is to be sent."""

    send = fields.String(load_default="code", validate=validate.OneOf(("code", "link")), metadata={
        "description": "A code of six digits, or a link, which only goes to an e-mail"})  # fmt: skip


class ResetPassword(Named, NewPassword):
    """A new password, against the code that was sent to an e-mail or phone, or against the token of a mailed link."""

    otp = code_field(load_default=None, allow_none=True)
    token = text(LONGEST_TOKEN, load_default=None, allow_none=True, load_only=True)

    @validates_schema
    def _proves(self, data: dict[str, Any], **_: Any) -> None:
        if bool(data["otp"]) == bool(data["token"]):
            raise ValidationError("Send the code, or the token of a link.", "otp")

    def _unnamed(self, data: dict[str, Any]) -> dict[str, Any]:
        return data if data["token"] else super()._unnamed(data)


class CodeSent(Message):
    """Where a code or a link is on its way to, if an account belongs to it."""

    method = fields.String(required=True, validate=validate.OneOf(METHODS))
    identifier = fields.String(required=True, metadata={"description": "What was sent, masked: jo***@example.com"})


class ForgotEmail(Schema):
    """The phone that an e-mail is reminded to."""

    phone = Reached(30, phone_of_store)

    @validates_schema
    def _is_there(self, data: dict[str, Any], **_: Any) -> None:
        if not data["phone"]:
            raise ValidationError("Enter a phone number.", "phone")


class EmailToken(Schema):
    """The token of the link that was mailed."""

    token = text(LONGEST_TOKEN, required=True, load_only=True)


class OwnPhone(Schema):
    """The phone to confirm; without it the one of the account."""

    phone = Reached(30, phone_of_store)


class OwnPhoneCode(OwnPhone):
    """The code that came to the phone."""

    code = code_field(required=True)


class PhoneCodeSent(Message):
    """Which phone a code is on its way to."""

    phone = fields.String(required=True, metadata={"description": "Masked: 9845***345"})


def _address(field: str, typed: str, method: str | None) -> dict[str, Any]:
    """The view opens its own units, so this reads the store in one of its own."""
    typed = stripped(typed)
    try:
        with unit_of_work(read_only=True):
            name = named_address(typed)
    except ValueError as error:
        raise ValidationError(str(error), field) from None
    meant = "email" if "@" in name else "phone"
    if method not in {None, meant}:
        raise ValidationError(f"That is no {'e-mail address' if method == 'email' else 'phone number'}.", "method")
    if meant == "phone" and not current_app.config["SHOP"].sends_texts:
        raise ValidationError(str(NoTexts(field)), field)
    return {"typed": typed, "name": name, "method": meant}
