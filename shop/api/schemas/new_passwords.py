"""A password that is being set, wherever a body has one (ACC-01): its two fields, and what is checked of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from shop.accounts.errors import WeakPassword
from shop.accounts.services.passwords import check_password_rules
from shop.api.schemas.fields import text

LONGEST_PASSWORD = 128


def new_password() -> fields.String:
    """The password."""
    rules = "At least 8 characters: a capital and a small letter, a digit, a special sign"
    return text(LONGEST_PASSWORD, required=True, load_only=True, metadata={"description": rules})


def same_password() -> fields.String:
    """The password once more, if an app sends it."""
    use = "The password a second time; where it is sent it has to be the same"
    return text(LONGEST_PASSWORD, load_default=None, allow_none=True, load_only=True, metadata={"description": use})


def refuse_weak(value: str) -> None:
    """Raises ValidationError with the rule it breaks."""
    try:
        check_password_rules(value)
    except WeakPassword as error:
        raise ValidationError(str(error)) from None


def refuse_different(data: Mapping[str, Any], name: str) -> None:
    """Raises ValidationError at the second field, called `name` and "_again", unless it is empty or the same."""
    again = f"{name}_again"
    if data[again] not in {None, data[name]}:
        raise ValidationError("The two passwords differ.", again)
