"""The form of store credit that is given or taken."""

from __future__ import annotations

import secrets

from wtforms import Field, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from shop.lib.http.incoming import stripped
from shop.lib.money import ZERO, Money
from shop.staff.forms import StaffForm
from shop.staff.forms.fields import MoneyField

GIVE, TAKE = "give", "take"


class CreditForm(StaffForm):
    """How much, which way and why."""

    way = SelectField("What to do", choices=[SelectChoice(GIVE, "Give"), SelectChoice(TAKE, "Take back")])
    amount = MoneyField("Amount")
    reason = StringField("Reason", filters=[stripped], id="credit-reason", validators=[
        DataRequired("Write a short reason; the customer can read it."),
        Length(max=300, message="A reason has at most 300 characters.")])  # fmt: skip
    key = HiddenField()

    def validate_amount(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError("Enter an amount.")

    def change(self) -> Money:
        """What is added to the credit; below zero where it is taken."""
        amount: Money = self.amount.data or ZERO
        return -amount if self.way.data == TAKE else amount

    def renew_key(self) -> None:
        """Let what is sent from here on be something new."""
        self.key.data = secrets.token_urlsafe(12)
