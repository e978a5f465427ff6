"""Forms of the team's pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import Field, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from shop.accounts.contacts import email_address, phone_number
from shop.accounts.errors import WeakPassword
from shop.accounts.models import Role
from shop.accounts.queries.team import SORTS, TeamFilter
from shop.accounts.services.passwords import check_password_rules
from shop.accounts.services.people import Person
from shop.lib.http.incoming import stripped
from shop.staff.forms import StaffForm
from shop.store.queries import store

ACTIVE = {"yes": True, "no": False}
NAME = Length(max=80, message="Use at most 80 characters.")


class TeamFilterForm(StaffForm):
    """Who of the team is looked for; a value that makes no sense counts as none."""

    q = StringField("Search")
    active = SelectField("Account", choices=[
        SelectChoice("", "All"), SelectChoice("yes", "Active"), SelectChoice("no", "Not active")])  # fmt: skip

    def wanted(self, sort: str) -> TeamFilter:
        """The filter as plain values."""
        text = (self.q.data or "").strip()[:100]
        return TeamFilter(text, ACTIVE.get(self.active.data), sort if sort in SORTS else TeamFilter.sort)

    def kept(self, **more: Any) -> dict[str, Any]:
        """What links to other pages of the list carry along."""
        active = self.active.data if self.active.data in ACTIVE else ""
        kept = {"q": (self.q.data or "").strip()[:100], "active": active} | more
        return {name: value for name, value in kept.items() if value}


class MemberForm(StaffForm):
    """Name, and how a member is reached and logs in; at least one of e-mail and phone."""

    first_name = StringField("First name", filters=[stripped], validators=[DataRequired("Enter a first name."), NAME])
    last_name = StringField("Last name", filters=[stripped], validators=[NAME])
    email = StringField("E-mail", filters=[stripped], validators=[Optional(), Length(max=254)])
    phone = StringField("Phone", filters=[stripped], validators=[Optional(), Length(max=30)])

    def validate_email(self, field: Field) -> None:
        try:
            field.data = email_address(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def validate_phone(self, field: Field) -> None:
        try:
            field.data = phone_number(field.data, store().country)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if not self.email.data and not self.phone.data:
            self.email.errors = ["Enter an e-mail address or a phone number."]
            return False
        return fits

    def person(self) -> Person:
        """The values, nothing instead of an empty e-mail or phone."""
        names = (self.first_name.data, self.last_name.data or "")
        return Person(*names, self.email.data or None, self.phone.data or None)


class ChosenPassword(StaffForm):
    """A password somebody chose; empty for a generated one."""

    password = PasswordField("Password", validators=[Optional()])

    def validate_password(self, field: Field) -> None:
        try:
            check_password_rules(field.data)
        except WeakPassword as error:
            raise ValidationError(str(error)) from None


class NewMemberForm(MemberForm, ChosenPassword):
    """A new member, with their first role."""

    role = SelectField("Role", coerce=str)

    def offer(self, roles: Iterable[Role]) -> None:
        """The roles to choose from."""
        self.role.choices = [SelectChoice(str(role.id), role.label) for role in roles]
