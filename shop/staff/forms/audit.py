"""What the audit log is narrowed to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from shop.lib.models import AuditAction
from shop.operations.log.histories import History, history_of
from shop.operations.log.queries import ChangeFilter, logged_tables
from shop.operations.log.wording import title_of
from shop.staff.forms import StaffForm
from shop.staff.forms.logs import number_in, offered, person_in, plausible, text_in
from shop.store.days import day_start

ACTIONS = {AuditAction.CREATE: "Made", AuditAction.UPDATE: "Changed", AuditAction.DELETE: "Deleted"}


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
    of = StringField("Of")
    request = StringField("Request")

    def history(self) -> History | None:
        """Of which thing alone, such as `product-12`."""
        kind, _, number = text_in(self.of, 40).partition("-")
        return history_of(kind, number_in(number) or 0)

    def wanted(self, history: History | None) -> ChangeFilter:
        """The filter as the log's queries take it, within a thing's history."""
        since, until = plausible(self.since.data), plausible(self.until.data)
        return replace(
            history.changes if history else ChangeFilter(),
            table=offered(self.table),
            record=text_in(self.record, 200),
            action=offered(self.action),
            user_id=person_in(text_in(self.who, 254)),
            request_id=text_in(self.request, 64),
            since=day_start(since) if since else None,
            until=day_start(until + timedelta(days=1)) if until else None,
        )

    def kept(self, **changes: Any) -> dict[str, Any]:
        """What addresses carry on, without what is empty."""
        values: dict[str, Any] = {name: text_in(self[name], 254) for name in ("who", "record", "of", "request")}
        values |= {"table": offered(self.table), "action": offered(self.action)}
        values |= {name: day.isoformat() for name in ("since", "until") if (day := plausible(self[name].data))}
        return {name: value for name, value in (values | changes).items() if value}


def _tables() -> list[SelectChoice]:
    named = sorted((title_of(name), name) for name in logged_tables())
    return [SelectChoice(name, title) for title, name in named]
