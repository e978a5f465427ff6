"""What the login log is narrowed to, and up to when it is deleted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wtforms import DateField, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from shop.accounts.login_log.models import LoginKind
from shop.accounts.login_log.queries import LoginFilter
from shop.staff.forms import StaffForm
from shop.staff.forms.logs import offered, person_in, plausible, text_in
from shop.store.days import day_start, today

KINDS = {
    LoginKind.LOGIN: "Logged in",
    LoginKind.LOGOUT: "Logged out",
    LoginKind.FAILED: "Refused",
    LoginKind.REGISTER: "Registered",
}
CHOICES = [SelectChoice("", "Any"), *(SelectChoice(code.value, word) for code, word in KINDS.items())]


class LoginFilterForm(StaffForm):
    """Values that make no sense count as none; somebody unknown was never here."""

    who = StringField("Who", render_kw={"placeholder": "E-mail, phone or number"})
    kind = SelectField("What", choices=CHOICES)
    ip = StringField("Address", render_kw={"placeholder": "203.0.113.7"})
    since = DateField("From", validators=[Optional()])
    until = DateField("To", validators=[Optional()])

    def wanted(self) -> LoginFilter:
        """The filter as the log's queries take it."""
        since, until, kind = plausible(self.since.data), plausible(self.until.data), offered(self.kind)
        return LoginFilter(
            kind=LoginKind(kind) if kind else None,
            user_id=person_in(text_in(self.who, 254)),
            ip=text_in(self.ip, 45),
            since=day_start(since) if since else None,
            until=day_start(until + timedelta(days=1)) if until else None,
        )

    def kept(self, **changes: Any) -> dict[str, Any]:
        """What addresses carry on, without what is empty."""
        values: dict[str, Any] = {"who": text_in(self.who, 254), "kind": offered(self.kind), "ip": text_in(self.ip, 45)}
        values |= {name: day.isoformat() for name in ("since", "until") if (day := plausible(self[name].data))}
        return {name: value for name, value in (values | changes).items() if value}


def is_past(_form: Form, field: DateField) -> None:
    """A validator: a day that is over, and that every database can tell."""
    if not date(2000, 1, 1) <= field.data <= today():
        raise ValidationError("Choose a day that is not in the future.")


class RemovalForm(StaffForm):
    """The day whose start is the end of what is deleted."""

    before = DateField("Delete what is older than", validators=[DataRequired("Choose a day."), is_past])
