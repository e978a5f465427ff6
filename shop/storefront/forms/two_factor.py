"""Forms of the second factor."""

from __future__ import annotations

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from shop.lib.http.incoming import stripped
from shop.storefront.forms import ShopForm


def code_field() -> StringField:
    """A field for an authenticator's code or a recovery code."""
    return StringField("Code", filters=[stripped], validators=[
        DataRequired("Enter a code."), Length(max=40, message="A code is shorter than that.")])  # fmt: skip


def password_field() -> PasswordField:
    """A field for the password that the person has."""
    asked = DataRequired("Enter your current password.")
    return PasswordField("Current password", validators=[asked, Length(max=128, message="No password is that long.")])


class CodeForm(ShopForm):
    """A code alone."""

    code = code_field()


class StartForm(ShopForm):
    """The password, before a key is shown."""

    current_password = password_field()


class ChangeForm(ShopForm):
    """Password and code, for what weakens the account's protection."""

    current_password = password_field()
    code = code_field()
