"""How people are reached: e-mail addresses and phone numbers, checked and written one way."""

from __future__ import annotations

import unicodedata
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from wtforms import Form
from wtforms.validators import ValidationError

from shop.store.queries import store


def stripped(value: Any) -> Any:
    """A filter: text without blanks around it, without line breaks, without control signs no database keeps."""
    if not isinstance(value, str):
        return value
    return "".join(char for char in " ".join(value.split()) if unicodedata.category(char) not in {"Cc", "Cs"})


def email_address(value: str) -> str:
    """The address in lower case, or ValueError. Nobody's name server is asked."""
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error


def phone_number(value: str, country: str) -> str:
    """The number as E.164 (+919845012345), or ValueError. Only numbers of the store's country are called."""
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException as error:
        raise ValueError(str(error)) from error
    if not phonenumbers.is_valid_number_for_region(number, country):
        raise ValueError("not a number of this country")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_email(_form: Form, field: Any) -> None:
    """A validator: replaces what was typed with the address as we keep it."""
    try:
        field.data = email_address(field.data)
    except ValueError:
        raise ValidationError("Enter an e-mail address like asha@example.com.") from None


def is_phone(_form: Form, field: Any) -> None:
    """A validator: replaces what was typed with the number as we keep it."""
    try:
        field.data = phone_number(field.data, store().country)
    except ValueError:
        raise ValidationError("Enter an Indian phone number with 10 digits, like 98450 12345.") from None
