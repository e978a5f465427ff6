"""Forms of the rider's page."""

from __future__ import annotations

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from shop.fulfilment.services.doorstep import WORDS
from shop.lib.http.incoming import stripped
from shop.storefront.forms import ShopForm

CHOICES = [SelectChoice(outcome, words) for outcome, words in WORDS.items()]


class HandOverForm(ShopForm):
    """The customer's code."""

    otp = StringField("Code from the customer", filters=[lambda text: "".join((text or "").split())], validators=[
        DataRequired("Ask for the six digits and enter them here."),
        Regexp(r"[0-9]{6}\Z", message="The code has six digits.")])  # fmt: skip


class BringBackForm(ShopForm):
    """Why the parcel stays with the rider."""

    outcome = RadioField("What happened", choices=CHOICES, validate_choice=False, validators=[
        DataRequired("Say what happened.")])  # fmt: skip
    note = StringField("In a few words", filters=[stripped], validators=[
        DataRequired("Write a few words: whom you asked, how often you rang."),
        Length(max=300, message="At most 300 characters.")])  # fmt: skip

    def validate_outcome(self, field: RadioField) -> None:
        if field.data not in WORDS:
            raise ValidationError("Say what happened.")
