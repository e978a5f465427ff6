"""Forms that prove who somebody is: ask for a link or a code, type a code."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from wtforms import Form, HiddenField, StringField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from shop.accounts.contacts import named_address
from shop.accounts.errors import NoTexts
from shop.accounts.masking import masked
from shop.lib.http.incoming import stripped
from shop.storefront.forms import ShopForm
from shop.storefront.forms.accounts import LONG, new_password, repeated
from shop.storefront.forms.contacts import is_phone

AGAIN = "again"
BY_LINK = "link"
NO_PHONE_LINKS = "A link goes to an e-mail address only. Enter yours, or ask for a code."


def is_reachable(_form: Form, field: Any) -> None:
    """A validator: an e-mail, or a phone where the shop can send it text messages; what was typed stays."""
    try:
        name = named_address(field.data)
    except ValueError as error:
        raise ValidationError(str(error)) from None
    if "@" not in name and not current_app.config["SHOP"].sends_texts:
        raise ValidationError(str(NoTexts("identifier")))


def without_blanks(value: Any) -> Any:
    """A filter: 123 456 is typed as it is read."""
    return "".join(value.split()) if isinstance(value, str) else value


def is_asked_again() -> bool:
    """Whether another code is asked for, from the page where the first is typed: it would look the same as before."""
    return AGAIN in request.form


def identifier() -> StringField:
    """A field for the e-mail or phone somebody logs in with."""
    needed = DataRequired("Enter your e-mail address or phone number.")
    return StringField("E-mail or phone", filters=[stripped], validators=[needed, LONG, is_reachable])


def code() -> StringField:
    """A field for a one-time code."""
    digits = Regexp(r"^[0-9]{6}\Z", message="The code has six digits.")
    return StringField("Code", filters=[without_blanks], validators=[DataRequired("Enter the code."), digits])


class ForgotForm(ShopForm):
    """Whose password is forgotten, and whether a code or a link is to be sent."""

    identifier = identifier()

    @property
    def is_by_link(self) -> bool:
        return request.form.get("way") == BY_LINK

    @property
    def shown(self) -> str:
        """What was typed, masked; of a form that fits."""
        return masked(self.identifier.data)

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits and self.is_by_link and "@" not in self.identifier.data:
            self.identifier.errors = [NO_PHONE_LINKS]
            return False
        return fits

    @property
    def name(self) -> str:
        """The e-mail or phone as accounts keep it; of a form that fits."""
        return named_address(self.identifier.data)


class ResetCodeForm(ShopForm):
    """The code that came to an e-mail or phone, and a new password."""

    identifier = identifier()
    code = code()
    password = new_password("New password")
    password_again = repeated("New password again")

    @property
    def name(self) -> str:
        """The e-mail or phone as accounts keep it; of a form that fits."""
        return named_address(self.identifier.data)

    @property
    def shown(self) -> str:
        """What was typed before, masked; empty where nothing is known yet or it did not fit."""
        return "" if self.identifier.errors else masked(self.identifier.data or "")


class ForgotEmailForm(ShopForm):
    """The phone an e-mail is reminded to."""

    phone = StringField("Phone", filters=[stripped], validators=[
        DataRequired("Enter your phone number."), Length(max=30, message="A phone number is shorter than that."),
        is_phone])  # fmt: skip


class CodeForm(ShopForm):
    """A code alone."""

    code = code()


class TokenForm(ShopForm):
    """The token of a mailed link."""

    token = HiddenField(validators=[Length(max=100)])
