"""Fields and schemas every noun uses."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from shop.catalog.pictures import ShownPicture
from shop.lib.files.kinds import StoredPicture
from shop.lib.http.answers import absolute
from shop.lib.http.incoming import stripped
from shop.lib.money import Money

KEY_PATTERN = "[0-9]{1,18}"
MOST_SKIPPED = 10_000_000
MOST = 200
FROM_TO = "Choose from {min} to {max}."
PRICE = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")


class Key(fields.Field):
    """The opaque id of a thing: text for apps, a whole number inside."""

    default_error_messages = {"invalid": "That is no id."}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"pattern": f"^{KEY_PATTERN}$"} | kwargs.pop("metadata", {})
        super().__init__(metadata=metadata, **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
        if not re.fullmatch(KEY_PATTERN, text, re.ASCII):
            raise self.make_error("invalid")
        return int(text)


class Price(fields.Field):
    """An amount in the store's currency as decimal text, "1299.00"; exact, so never a float."""

    default_error_messages = {"invalid": "Write an amount like 1299.00."}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"pattern": f"^{PRICE.pattern}$"} | kwargs.pop("metadata", {})
        super().__init__(metadata=metadata, **kwargs)

    def _serialize(self, value: Money | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.plain

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Money:
        text = str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
        if not PRICE.fullmatch(text):
            raise self.make_error("invalid")
        whole, _, part = text.partition(".")
        return Money(int(whole) * 100 + int(part.ljust(2, "0") or 0))


class Whole(fields.Integer):
    """A whole number; one with a fraction, a truth value, or text with more than digits is none."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, bool) or not re.fullmatch("-?[0-9]{1,9}", str(value), re.ASCII):
            raise self.make_error("invalid", input=value)
        return int(value)


class Line(fields.String):
    """One line of text of a length, as pages take it: without blanks around it, line breaks or control signs."""

    def __init__(self, longest: int, shortest: int = 1, **kwargs: Any) -> None:
        super().__init__(validate=_length(shortest, longest), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return stripped(super()._deserialize(value, attr, data, **kwargs))


class PictureUrl(fields.Field):
    """The whole address of a picture, of about this width."""

    def __init__(self, width: int = 480, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.width = width

    def _serialize(self, value: ShownPicture | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else absolute(value.url(self.width))


class PictureAddress(fields.Field):
    """The whole address of a picture somebody uploaded."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_none=True, metadata={"type": "string", "format": "uri"}, **kwargs)

    def _serialize(self, value: StoredPicture | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return absolute(value.url) if value else None


class NoPicture(fields.Field):
    """Null takes a picture away; another comes as a file of this name."""

    default_error_messages = {"invalid": "Send null to take the picture away, or a file of this name as multipart."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_none=True, load_only=True, metadata={"type": "string", "maxLength": 0}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> None:
        if value != "":
            raise self.make_error("invalid")


class Paging(Schema):
    """Which part of a list: how many to skip, how many to give."""

    class Meta:
        unknown = EXCLUDE

    skip = fields.Integer(load_default=0, validate=validate.Range(0, MOST_SKIPPED, error=FROM_TO))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST, error=FROM_TO))


class Deleted(Schema):
    """What was asked for is gone."""

    deleted = fields.Boolean(required=True)


def text(longest: int, shortest: int = 1, **kwargs: Any) -> fields.String:
    """Text of a length, without signs no database keeps."""
    return fields.String(validate=[_length(shortest, longest), _no_control], **kwargs)


def _length(shortest: int, longest: int) -> validate.Length:
    return validate.Length(shortest, longest, error="Use {min} to {max} characters.")


def _no_control(value: str) -> None:
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise ValidationError("There is a sign in it that cannot be kept.")
