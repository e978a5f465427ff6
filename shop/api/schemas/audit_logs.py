"""The audit log: changes, and what they are narrowed by."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from shop.api.schemas.fields import Key, Paging, text
from shop.lib.audit_log.values import ERASED, NOT_KEPT, Hidden, Values
from shop.lib.clock import now
from shop.lib.models import AuditAction
from shop.lib.money import Money
from shop.operations.log.queries import ChangeFilter
from shop.store.days import day_start

PERIOD = re.compile("[1-9][0-9]{0,3}[hdw]")
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
HIDDEN = {NOT_KEPT: "not kept", ERASED: "erased"}
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)
DAYS = validate.Range(FIRST, LAST, error="Choose a day from 2000 to 2999.")
VALUES = {
    "type": "object",
    "description": 'By column. What nobody can read is `{"hidden": "not kept"}`, a secret, or `"erased"`',
}


class Period(Paging):
    """Which time: a period that ends now, or days of the store, the last of them included."""

    start_date = fields.Date(load_default=None, validate=DAYS)
    end_date = fields.Date(load_default=None, validate=DAYS)
    period = fields.String(
        load_default=None,
        validate=validate.Regexp(f"^{PERIOD.pattern}$", error="Write a period like 24h, 7d or 2w."),
        metadata={"description": "Hours, days or weeks up to now, such as 24h, 7d or 2w"},
    )

    @validates_schema
    def _is_one_time(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("period") and data.get("start_date"):
            raise ValidationError("Choose either a period or a start date.", "period")

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        paging = {name: data[name] for name in ("skip", "limit")}
        return paging | {"wanted": ChangeFilter(since=_since(data), until=_until(data), **_narrowed(data))}


class TableQuery(Period):
    """Which changes of a table."""

    action = fields.String(load_default="", validate=validate.OneOf(["", *AuditAction]))
    record_id = text(200, 0, load_default="", metadata={"description": "The row's id; of several parts with commas"})
    user_id = Key(load_default=None, allow_none=True)


class UserQuery(Period):
    """Which changes of a person."""

    action = fields.String(load_default="", validate=validate.OneOf(["", *AuditAction]))
    table_name = text(63, 0, load_default="")
    record_id = text(200, 0, load_default="", metadata={"description": "The row's id; of several parts with commas"})


class AuditQuery(UserQuery):
    """Which changes."""

    user_id = Key(load_default=None, allow_none=True)


class Change(Schema):
    """A row that was made, changed or deleted: by whom, when, from what to what."""

    id = Key(required=True, attribute="entry.id")
    at = fields.AwareDateTime(required=True, attribute="entry.at")
    action = fields.String(required=True, attribute="entry.action")
    table_name = fields.String(required=True, attribute="entry.table_name")
    record_id = fields.String(required=True, attribute="entry.record_id")
    user_id = Key(required=True, allow_none=True, attribute="entry.user_id")
    actor = fields.String(required=True, attribute="who", metadata={"description": "Who, in words"})
    ip_address = fields.String(required=True, allow_none=True, attribute="ip")
    request_id = fields.String(required=True, allow_none=True, attribute="entry.request_id")
    undoes = Key(required=True, allow_none=True, attribute="entry.undoes", metadata={"description": "What it undid"})
    old_values = fields.Function(lambda change: _values(change.before), required=True, metadata=VALUES)
    new_values = fields.Function(lambda change: _values(change.after), required=True, metadata=VALUES)


def _values(values: Values) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Hidden):
        return {"hidden": HIDDEN[value]}
    if isinstance(value, Money):
        return value.plain
    return value.isoformat() if isinstance(value, date) else value


def _since(data: dict[str, Any]) -> datetime | None:
    if period := data["period"]:
        return now() - int(period[:-1]) * UNITS[period[-1]]
    return day_start(data["start_date"]) if data["start_date"] else None


def _until(data: dict[str, Any]) -> datetime | None:
    return day_start(data["end_date"] + timedelta(days=1)) if data["end_date"] else None


def _narrowed(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "table": data.get("table_name", ""),
        "record": data.get("record_id", ""),
        "action": data.get("action", ""),
        "user_id": data.get("user_id"),
    }
