"""Customers, for those who look after them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, missing, post_load, validate, validates

from shop.accounts.contacts import email_address
from shop.accounts.customers.queries import OLDEST, SORTS
from shop.accounts.models import UserStatus
from shop.accounts.services.profiles import About
from shop.api.schemas.auth import LONGEST_NAME, Reached, Register, phone_of_store
from shop.api.schemas.fields import FROM_TO, Key, Line, Paging, Price, text
from shop.api.schemas.new_passwords import LONGEST_PASSWORD
from shop.api.schemas.profile import GENDERS, Day, Profile
from shop.api.schemas.team import GENERATED

STATUS_IDS = {str(number): status for number, status in enumerate(UserStatus, start=1)}
"""Where other systems keep states of accounts as numbers."""


class Status(fields.Field):
    """How an account stands: active, inactive or blocked; 1, 2 and 3 are the same."""

    default_error_messages = {"invalid": "Choose active, inactive or blocked."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"enum": [*UserStatus, *STATUS_IDS], "type": "string"}, **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str:
        return str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> UserStatus:
        told = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
        try:
            return STATUS_IDS.get(told) or UserStatus(told)
        except ValueError:
            raise self.make_error("invalid") from None


def _age() -> fields.Integer:
    return fields.Integer(load_default=None, validate=validate.Range(0, OLDEST, error=FROM_TO))


class UserQuery(Paging):
    """Which people, and in which order; what is left out narrows nothing."""

    q = text(100, 0, load_default="", metadata={"description": "Part of a name, an e-mail or a phone"})
    role_id = Key(load_default=None)
    user_status_id = Status(load_default="")
    group_id = Key(load_default=None)
    is_active = fields.Boolean(load_default=None)
    is_email_verified = fields.Boolean(load_default=None)
    is_phone_verified = fields.Boolean(load_default=None)
    gender = fields.String(load_default="", validate=validate.OneOf(GENDERS))
    age_min, age_max = _age(), _age()
    sort = fields.String(load_default="newest", validate=validate.OneOf(list(SORTS)))


class Customer(Profile):
    """A person with an account, as those see them who look after customers."""

    user_status_id = Status(required=True)
    user_status_label = fields.String(required=True, metadata={"description": "What the shop calls it"})
    is_active = fields.Boolean(required=True)
    orders_count = fields.Integer(required=True)
    spent = Price(required=True)
    last_order_at = fields.AwareDateTime(required=True, allow_none=True)


class AddedCustomer(Customer):
    """Somebody new, with the password where it was made for them."""

    password = fields.String()


class NewCustomer(Register):
    """A new customer; it needs an e-mail address or a phone number."""

    password = text(LONGEST_PASSWORD, load_only=True, load_default=None, allow_none=True, metadata=GENERATED)
    gender = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(GENDERS))
    date_of_birth = Day(load_default=None, allow_none=True)

    @validates("password")
    def _is_strong(self, value: str | None, **_: Any) -> None:
        if value is not None:
            super()._is_strong(value)

    @post_load
    def _made(self, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        about = About(data["gender"] or None, data["date_of_birth"])
        return super()._made(data, **more) | {"about": about}


class CustomerChange(Schema):
    """What may be changed of a customer; another e-mail or phone is not verified."""

    first_name = Line(80)
    last_name = Line(80, 0, allow_none=True)
    email = Reached(LONGEST_NAME, email_address, load_default=missing)
    phone = Reached(30, phone_of_store, load_default=missing)
    gender = fields.String(allow_none=True, validate=validate.OneOf([*GENDERS, ""]))
    date_of_birth = Day(allow_none=True)
    user_status_id = Status()
    is_active = fields.Boolean()

    @post_load
    def _one_status(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        is_active = data.pop("is_active", None)
        if is_active is None:
            return data
        if "user_status_id" in data:
            raise ValidationError("Send one of user_status_id and is_active.", "is_active")
        return data | {"user_status_id": UserStatus.ACTIVE if is_active else UserStatus.INACTIVE}
