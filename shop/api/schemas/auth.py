"""Accounts and access: register, log in, renew, log out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates, validates_schema

from shop.accounts.contacts import LOGIN_FIELDS, email_address, phone_number
from shop.accounts.services.people import Person
from shop.api.schemas import new_passwords
from shop.api.schemas.fields import Line, text
from shop.api.schemas.new_passwords import LONGEST_PASSWORD
from shop.api.schemas.users import User
from shop.lib.unit_of_work import unit_of_work
from shop.store.queries import store

COOKIE, BODY = "cookie", "body"
LONGEST_NAME = 254
MOST_READ = 300


class Reached(Line):
    """An e-mail address or a phone number, written as accounts keep it; empty counts as not given."""

    def __init__(self, longest: int, written: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(longest, 0, **{"load_default": None, "allow_none": True} | kwargs)
        self.written = written

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        typed = super()._deserialize(value, attr, data, **kwargs)
        try:
            return self.written(typed[:MOST_READ]) if typed else typed
        except ValueError as error:
            raise ValidationError(str(error)) from None


def phone_of_store(value: str) -> str:
    """The view opens its own units, so this reads the store in one of its own."""
    with unit_of_work(read_only=True):
        return phone_number(value, store().country)


class Register(Schema):
    """A new account; it needs an e-mail address or a phone number."""

    first_name = Line(80, required=True)
    last_name = Line(80, 0, load_default=None, allow_none=True)
    email = Reached(LONGEST_NAME, email_address)
    phone = Reached(30, phone_of_store)
    password = new_passwords.new_password()
    password_again = new_passwords.same_password()

    @validates("password")
    def _is_strong(self, value: str, **_: Any) -> None:
        new_passwords.refuse_weak(value)

    @validates_schema
    def _is_reachable(self, data: dict[str, Any], **_: Any) -> None:
        if not data["email"] and not data["phone"]:
            raise ValidationError("Enter an e-mail address or a phone number.", "email")

    @validates_schema
    def _is_the_same(self, data: dict[str, Any], **_: Any) -> None:
        new_passwords.refuse_different(data, "password")

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        person = Person(data["first_name"], data["last_name"] or "", data["email"] or None, data["phone"] or None)
        return {"person": person, "password": data["password"]}


class Login(Schema):
    """A password with an e-mail or a phone, or the OAuth 2 password form (`username`)."""

    identifier = text(LONGEST_NAME, 0, allow_none=True, metadata={"description": "An e-mail or a phone"})
    email = text(LONGEST_NAME, 0, allow_none=True)
    phone = text(LONGEST_NAME, 0, allow_none=True)
    username = text(LONGEST_NAME, 0, allow_none=True, metadata={"description": "The same as `identifier`, for OAuth 2"})
    password = text(LONGEST_PASSWORD, required=True, load_only=True)
    remember_me = fields.Boolean(load_default=True, metadata={
        "description": "Tokens live longer; how long is a setting of the shop"})  # fmt: skip
    refresh_in = fields.String(load_default=COOKIE, validate=validate.OneOf((COOKIE, BODY)), metadata={
        "description": "The refresh token comes in the cookie `rt`, or for apps in the body"})  # fmt: skip
    grant_type = fields.String(validate=validate.Equal("password"))
    scope = fields.String()
    client_id = fields.String(allow_none=True)
    client_secret = fields.String(allow_none=True, load_only=True)

    @validates_schema
    def _names_one(self, data: dict[str, Any], **_: Any) -> None:
        if len(_names(data)) != 1:
            raise ValidationError("Send one of email, phone and identifier.", "identifier")

    @post_load
    def _named(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"name": _names(data)[0]}


class CodeNeeded(Schema):
    """The first step of a login was right; a code of the person's authenticator app finishes it."""

    challenge = fields.String(required=True, metadata={"description": "To send with the code"})
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds in which it can be finished"})


class SecondStep(Schema):
    """A challenge, and the code that answers it."""

    challenge = text(100, required=True, load_only=True)
    code = text(40, required=True, load_only=True, metadata={
        "description": "Six digits of the authenticator app, or a recovery code"})  # fmt: skip
    refresh_in = fields.String(load_default=COOKIE, validate=validate.OneOf((COOKIE, BODY)))


class Confirmation(Schema):
    """The password once more, and a code where the person signs in with one."""

    current_password = text(LONGEST_PASSWORD, required=True, load_only=True)
    code = text(40, load_default="", load_only=True, metadata={
        "description": "Six digits of the authenticator app, or a recovery code"})  # fmt: skip


class Elsewhere(Schema):
    """What Google or GitHub handed to an app, and what shows that it is the app's."""

    code = text(2000, required=True, load_only=True)
    redirect_uri = text(500, required=True, metadata={"description": "As the app sent it there; the shop lists those"})
    code_verifier = text(128, required=True, load_only=True, metadata={
        "description": "The PKCE verifier of the app's request (RFC 7636)"})  # fmt: skip
    nonce = text(200, load_default=None, allow_none=True, metadata={
        "description": "What the app asked Google's id token to repeat"})  # fmt: skip
    remember_me = fields.Boolean(load_default=True)
    refresh_in = fields.String(load_default=COOKIE, validate=validate.OneOf((COOKIE, BODY)))


class RefreshCookie(Schema):
    """The refresh token as browsers keep it."""

    token = fields.String(data_key="rt", load_default="")


class RefreshHeaders(Schema):
    """The refresh token as apps may send it, and what a page sends beside the cookie."""

    token = fields.String(data_key="X-Refresh-Token", load_default="")
    csrf_token = fields.String(data_key="X-CSRFToken", load_default="", metadata={
        "description": "As login or renewal answered it; for those who send the cookie without Origin"})  # fmt: skip


class Refresh(Schema):
    """The refresh token as apps may send it."""

    refresh_token = fields.String(load_default=None, allow_none=True, load_only=True)


class Renewed(Schema):
    """New tokens."""

    access_token = fields.String(required=True)
    token_type = fields.String(required=True, dump_default="bearer", validate=validate.Equal("bearer"))
    expires_in = fields.Integer(required=True, metadata={"description": "Seconds the access token lives"})
    refresh_token = fields.String(metadata={"description": "Only for those who do not use the cookie"})


class SignedIn(Renewed):
    """New tokens, and whose they are."""

    user = fields.Nested(User, required=True)


class Message(Schema):
    """What happened, in a sentence."""

    message = fields.String(required=True)


def _names(data: dict[str, Any]) -> list[str]:
    return [data[field] for field in LOGIN_FIELDS if data.get(field)]
