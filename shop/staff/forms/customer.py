"""Forms around one customer: who it is, notes, groups, why somebody signs in as them."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from shop.accounts.services.profiles import About
from shop.checkout.trust import Answer
from shop.lib.http.incoming import stripped
from shop.staff.forms import StaffForm
from shop.staff.forms.customers import GENDERS
from shop.staff.forms.team import ChosenPassword, MemberForm


def _text(value: Any) -> Any:
    """Lines stay; what is around the text goes."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


class CustomerForm(MemberForm):
    """Name, how a customer is reached, and what they said of themselves."""

    gender = SelectField("Gender", default="", choices=[
        SelectChoice("", "Not said"), *(SelectChoice(code, words) for code, words in GENDERS.items())])  # fmt: skip
    date_of_birth = DateField("Date of birth", validators=[Optional()])

    def about(self) -> About:
        """What they said of themselves."""
        return About(self.gender.data or None, self.date_of_birth.data)


class NewCustomerForm(CustomerForm, ChosenPassword):
    """A new customer; without a password one is made."""


class NoteForm(StaffForm):
    """Something to remember about a customer."""

    text = TextAreaField("Note", filters=[_text], render_kw={"rows": 3}, validators=[
        DataRequired("Write the note."), Length(max=2000, message="Use at most 2000 characters.")])  # fmt: skip


class GroupForm(StaffForm):
    """What a group is called and what it is for."""

    name = StringField("Name", filters=[stripped], validators=[
        DataRequired("Enter a name, like Regulars."),
        Length(max=60, message="Use at most 60 characters.")])  # fmt: skip
    description = StringField("What it is for", filters=[stripped], validators=[
        Length(max=300, message="Use at most 300 characters.")])  # fmt: skip


class ChosenGroup(StaffForm):
    """One of the groups there are."""

    group = SelectField("Group", coerce=str)

    def offer(self, groups: dict[int, str]) -> None:
        """The groups to choose from."""
        self.group.choices = [SelectChoice(str(key), name) for key, name in groups.items()]


class CashForm(StaffForm):
    """Whether a customer may pay the courier: as their points say, or as the owner decides."""

    answer = SelectField("Cash on delivery", choices=[
        SelectChoice("", "As the points say"), SelectChoice(Answer.ALLOWED, "Always"),
        SelectChoice(Answer.CODE_FIRST, "With a confirmed phone"),
        SelectChoice(Answer.PART_FIRST, "With a part paid before"), SelectChoice(Answer.REFUSED, "Never")])  # fmt: skip

    @property
    def decided(self) -> Answer | None:
        return Answer(self.answer.data) if self.answer.data else None


class GroupingForm(StaffForm):
    """Whether people are put into a group or taken out of it."""

    do = SelectField("What to do", choices=[
        SelectChoice("add", "Put them into"), SelectChoice("remove", "Take them out of")])  # fmt: skip
    into = SelectField("Group", coerce=str)

    def offer(self, groups: dict[int, str]) -> None:
        """The groups to choose from."""
        self.into.choices = [SelectChoice(str(key), name) for key, name in groups.items()]


class DeletionForm(StaffForm):
    """The password of whoever deletes an account."""

    current_password = PasswordField("Your own password", validators=[
        DataRequired("Enter your own password."), Length(max=128, message="No password is that long.")])  # fmt: skip


class HelpForm(StaffForm):
    """Why somebody of the team signs in as a customer."""

    reason = StringField("Why", filters=[stripped], validators=[
        DataRequired("Write why, like a ticket's number or what was asked by phone."),
        Length(min=5, max=300, message="Use 5 to 300 characters.")])  # fmt: skip
