"""The team: who works at the owner's pages."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, missing, post_load, validate, validates

from shop.accounts.contacts import email_address
from shop.accounts.queries.team import SORTS
from shop.api.schemas import new_passwords
from shop.api.schemas.auth import LONGEST_NAME, Reached, Register, phone_of_store
from shop.api.schemas.fields import Key, Line, Paging, text
from shop.api.schemas.new_passwords import LONGEST_PASSWORD
from shop.api.schemas.users import User

GENERATED = {"description": "Without it one is made, and the answer shows it this once"}


class TeamQuery(Paging):
    """Who of the team, and in which order."""

    q = text(100, 0, load_default="", metadata={"description": "Part of a name, an e-mail or a phone"})
    is_active = fields.Boolean(load_default=None)
    sort = fields.String(load_default="name", validate=validate.OneOf(list(SORTS)))


class Member(User):
    """Somebody of the team."""

    is_active = fields.Boolean(required=True)
    roles = fields.List(fields.String(), required=True)


class AddedMember(Member):
    """Somebody new, with the password where it was made for them."""

    password = fields.String()


class NewAdmin(Register):
    """A new member of the team, whose password is given."""

    role_id = Key(load_default=None, allow_none=True, metadata={"description": "Without it the owner's role"})

    @post_load
    def _made(self, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        return super()._made(data, **more) | {"role_id": data["role_id"]}


class NewMember(NewAdmin):
    """A new member of the team."""

    role_id = Key(load_default=None, allow_none=True, metadata={"description": "Without it the staff's role"})
    password = text(LONGEST_PASSWORD, load_only=True, load_default=None, allow_none=True, metadata=GENERATED)

    @validates("password")
    def _is_strong(self, value: str | None, **_: Any) -> None:
        if value is not None:
            super()._is_strong(value)


class MemberChange(Schema):
    """What may be changed of a member."""

    first_name = Line(80)
    last_name = Line(80, 0)
    email = Reached(LONGEST_NAME, email_address, load_default=missing)
    phone = Reached(30, phone_of_store, load_default=missing)
    is_active = fields.Boolean()


class NewPassword(Schema):
    """A password for a member."""

    password = text(LONGEST_PASSWORD, load_default=None, allow_none=True, load_only=True, metadata=GENERATED)

    @validates("password")
    def _is_strong(self, value: str | None, **_: Any) -> None:
        if value is not None:
            new_passwords.refuse_weak(value)


class MadePassword(Schema):
    """The password as it is now; it is shown this once."""

    password = fields.String(required=True)
