"""Validators of how people are reached."""

from __future__ import annotations

from typing import Any

from wtforms import Form
from wtforms.validators import ValidationError

from shop.accounts.contacts import email_address, phone_number
from shop.store.queries import store


def is_email(_form: Form, field: Any) -> None:
    """A validator: replaces what was typed with the address as we keep it."""
    try:
        field.data = email_address(field.data)
    except ValueError as error:
        raise ValidationError(str(error)) from None


def is_phone(_form: Form, field: Any) -> None:
    """A validator: replaces what was typed with the number as we keep it."""
    try:
        field.data = phone_number(field.data, store().country)
    except ValueError as error:
        raise ValidationError(str(error)) from None
