"""Rows of the login log."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from shop.accounts.login_log.models import LoginKind
from shop.accounts.login_log.queries import LoginFilter
from shop.api.schemas.fields import FROM_TO, MOST, MOST_SKIPPED, Key, Line
from shop.lib.clock import now

LONGEST_ADDRESS = 45
KIND = validate.OneOf([kind.value for kind in LoginKind])
# Further off, a moment may not exist in another time zone.
SENSIBLE = validate.Range(
    datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC), error="Choose a moment from 2000 to 2199."
)


def moment(**kwargs: Any) -> fields.AwareDateTime:
    """A moment with its time zone."""
    return fields.AwareDateTime(validate=SENSIBLE, **kwargs)


def is_over(value: datetime) -> None:
    """A validator: nobody has come yet who comes tomorrow."""
    if value > now():
        raise ValidationError("Choose a moment that is over.")


def is_address(value: str) -> None:
    """A validator: an address of the net, IPv4 or IPv6."""
    try:
        ip_address(value if len(value) <= LONGEST_ADDRESS else "")
    except ValueError:
        raise ValidationError("Enter an address like 203.0.113.7 or 2001:db8::1.") from None


class LogsQuery(Schema):
    """Which rows of one kind, and which part of them."""

    class Meta:
        unknown = EXCLUDE

    user_id = Key(load_default=None)
    ip_address = fields.String(load_default="", validate=validate.Length(max=LONGEST_ADDRESS))
    since = moment(load_default=None)
    until = moment(load_default=None)
    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST, error=FROM_TO))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, MOST_SKIPPED, error=FROM_TO))


class AllLogsQuery(LogsQuery):
    """Which rows, and which part of them."""

    kind = fields.String(load_default=None, validate=KIND)


class LogRow(Schema):
    """Somebody came or went, or was refused."""

    id = Key(required=True)
    kind = fields.String(required=True)
    user_id = Key(required=True, allow_none=True)
    typed = fields.String(required=True, metadata={"description": "What was typed as the name, masked"})
    ip_address = fields.String(required=True, allow_none=True, attribute="ip")
    user_agent = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True, attribute="at")
    tries = fields.Integer(required=True, metadata={"description": "How many tries of one hour the row counts"})
    by_hand = fields.Function(lambda entry: entry.entered_by is not None, metadata={"type": "boolean"})


class LogChange(Schema):
    """What can be said of a row that is entered by hand."""

    user_id = Key()
    ip_address = fields.String(attribute="ip", allow_none=True, validate=is_address)
    user_agent = Line(300, allow_none=True)
    created_at = fields.AwareDateTime(attribute="at", validate=[SENSIBLE, is_over])


class NewLog(LogChange):
    """A row of one kind, entered by hand."""

    user_id = Key(required=True)


class NewAnyLog(NewLog):
    """A row entered by hand."""

    kind = fields.String(required=True, validate=KIND)


def filter_of(query: dict[str, Any], kind: str | None) -> LoginFilter:
    """The query as the log takes it."""
    narrowed = {"user_id": query["user_id"], "ip": query["ip_address"]}
    return LoginFilter(LoginKind(kind) if kind else None, **narrowed, since=query["since"], until=query["until"])
