"""Forms of the roles pages."""

from __future__ import annotations

from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from shop.accounts.permissions import Permission
from shop.accounts.services.role_changes import RoleFields
from shop.lib.http.incoming import stripped
from shop.staff.forms import StaffForm


class RoleForm(StaffForm):
    """A role's name, what it is for, and a tick for each permission."""

    label = StringField("Name", filters=[stripped], validators=[
        DataRequired("Enter a name, like Weekend desk."),
        Length(max=40, message="Use at most 40 characters.")])  # fmt: skip
    description = StringField("What it is for", filters=[stripped], validators=[
        Length(max=300, message="Use at most 300 characters.")])  # fmt: skip
    permissions = SelectMultipleField("May", choices=[SelectChoice(one, one) for one in Permission])

    def fields(self, kept: frozenset[str] = frozenset()) -> RoleFields:
        """What was entered, with permissions that are kept besides those that were ticked."""
        ticked = frozenset(self.permissions.data or ())
        return RoleFields(self.label.data, self.description.data or "", ticked | kept)


class GiveForm(StaffForm):
    """Who gets a role."""

    identifier = StringField("E-mail or phone", filters=[stripped], validators=[
        DataRequired("Enter the e-mail or phone they log in with."), Length(max=254)])  # fmt: skip
