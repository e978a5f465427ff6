"""What the audit log is narrowed to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from shop.accounts.contacts import login_name
from shop.accounts.models import User
from shop.extensions import db
from shop.lib.models import AuditAction
from shop.operations.log.queries import ChangeFilter, logged_tables
from shop.operations.log.reading import title_of
from shop.staff.forms import StaffForm
from shop.store.days import day_start

ACTIONS = {AuditAction.CREATE: "Made", AuditAction.UPDATE: "Changed", AuditAction.DELETE: "Deleted"}
NOBODY = -1


class AuditFilterForm(StaffForm):
    """Values that make no sense count as none, so an old link never breaks; somebody unknown has changed nothing."""

    who = StringField("Who", render_kw={"placeholder": "E-mail, phone or number"})
    table = SelectField("What", choices=lambda: [SelectChoice("", "Anything"), *_tables()])
    record = StringField("Record")
    action = SelectField(
        "Action", choices=[SelectChoice("", "Any"), *(SelectChoice(code.value, word) for code, word in ACTIONS.items())]
    )
    since = DateField("From", validators=[Optional()])
    until = DateField("To", validators=[Optional()])
    about = StringField("About")
    request = StringField("Request")

    def wanted(self) -> ChangeFilter:
        """The filter as the log's queries take it."""
        since, until = _plausible(self.since.data), _plausible(self.until.data)
        return ChangeFilter(
            table=_offered(self.table),
            record=_text(self.record, 200),
            action=_offered(self.action),
            user_id=_person(_text(self.who, 254)),
            person_id=_number(_text(self.about, 9)),
            request_id=_text(self.request, 64),
            since=day_start(since) if since else None,
            until=day_start(until + timedelta(days=1)) if until else None,
        )

    def kept(self, **changes: Any) -> dict[str, Any]:
        """What addresses carry on, without what is empty."""
        values: dict[str, Any] = {name: _text(self[name], 254) for name in ("who", "record", "about", "request")}
        values |= {"table": _offered(self.table), "action": _offered(self.action)}
        values |= {name: day.isoformat() for name in ("since", "until") if (day := _plausible(self[name].data))}
        return {name: value for name, value in (values | changes).items() if value}


def _person(typed: str) -> int | None:
    """The account that is meant; NOBODY where there is none."""
    if not typed:
        return None
    if number := _number(typed):
        return number
    name = login_name(typed)
    return db.session.scalar(select(User.id).where(or_(User.email == name, User.phone == name))) or NOBODY


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _text(field: Any, longest: int) -> str:
    return (field.data or "").replace("\x00", "").strip()[:longest]


def _offered(field: Any) -> str:
    return field.data if field.data in {choice.value for choice in field.iter_choices()} else ""


def _plausible(day: date | None) -> date | None:
    """A day that still exists in every time zone and has a day after it."""
    return day if day and date.min.year < day.year < date.max.year else None


def _tables() -> list[SelectChoice]:
    named = sorted((title_of(name), name) for name in logged_tables())
    return [SelectChoice(name, title) for title, name in named]
