"""Forms around a person's account: log in, register, reset and change the password, profile, address book."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    Form,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    AnyOf,
    DataRequired,
    EqualTo,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from shop.accounts.errors import WeakPassword
from shop.accounts.models import AddressType, Gender
from shop.accounts.services.passwords import check_password_rules
from shop.accounts.services.people import Person
from shop.accounts.services.profiles import About
from shop.lib.files.drawing import MOST_ZOOM, Frame
from shop.lib.http.incoming import stripped
from shop.storefront.forms import ShopForm
from shop.storefront.forms.address import AddressForm, part
from shop.storefront.forms.contacts import is_email, is_phone

GENDERS = [
    SelectChoice("", "Rather not say"),
    SelectChoice(Gender.FEMALE, "Female"),
    SelectChoice(Gender.MALE, "Male"),
    SelectChoice(Gender.OTHER, "Other"),
]
ADDRESS_TYPES = [
    SelectChoice(AddressType.BOTH, "Shipping and billing"),
    SelectChoice(AddressType.SHIPPING, "Shipping"),
    SelectChoice(AddressType.BILLING, "Billing"),
]
LONG = Length(max=254, message="That is longer than any e-mail address.")
LONG_PASSWORD = Length(max=128, message="No password is that long.")


def is_strong(_form: Form, field: PasswordField) -> None:
    """A validator: the rules of ACC-01."""
    try:
        check_password_rules(field.data or "")
    except WeakPassword as error:
        raise ValidationError(str(error)) from None


def new_password(label: str) -> PasswordField:
    """A field for a password that is being set."""
    return PasswordField(label, validators=[DataRequired("Choose a password."), is_strong])


def repeated(label: str = "Password again") -> PasswordField:
    """The same password a second time."""
    same = EqualTo("password", "The two passwords differ.")
    return PasswordField(label, validators=[DataRequired("Type the password a second time."), same])


def listed(choices: list[SelectChoice]) -> AnyOf:
    """A validator: one of the choices."""
    return AnyOf([choice.value for choice in choices], message="Choose one from the list.")


class LoginForm(ShopForm):
    """E-mail or phone, and the password."""

    identifier = StringField("E-mail or phone", filters=[stripped], validators=[
        DataRequired("Enter your e-mail address or phone number."), LONG])  # fmt: skip
    password = PasswordField("Password", validators=[DataRequired("Enter your password."), LONG_PASSWORD])
    remember = BooleanField("Keep me logged in on this device")


class PersonForm(ShopForm):
    """Name, e-mail and phone; at least one of the last two."""

    first_name = StringField("First name", filters=[stripped], validators=[
        DataRequired("Enter your first name."), Length(max=80, message="Use at most 80 characters.")])  # fmt: skip
    last_name = StringField("Last name", filters=[stripped], validators=[
        Length(max=80, message="Use at most 80 characters.")])  # fmt: skip
    email = StringField("E-mail", filters=[stripped], validators=[Optional(), LONG, is_email])
    phone = StringField("Phone", filters=[stripped], validators=[
        Optional(), Length(max=30, message="A phone number is shorter than that."), is_phone])  # fmt: skip

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


class RegisterForm(PersonForm):
    """A new account."""

    password = new_password("Password")
    password_again = repeated()


class ResetForm(ShopForm):
    """A new password, with the token of the mailed link."""

    token = HiddenField(validators=[Length(max=100)])
    password = new_password("New password")
    password_again = repeated("New password again")


class PasswordForm(ShopForm):
    """The current password and a new one."""

    current_password = PasswordField("Current password", validators=[
        DataRequired("Enter your current password."), LONG_PASSWORD])  # fmt: skip
    password = new_password("New password")
    password_again = repeated("New password again")


class ConfirmForm(ShopForm):
    """The password once more, before what matters."""

    current_password = PasswordField("Your password", validators=[DataRequired("Enter your password."), LONG_PASSWORD])


class ProfileForm(PersonForm):
    """Name, how we reach the person, what they say of themselves; a new e-mail needs the password."""

    gender = SelectField("Gender", choices=GENDERS, validate_choice=False, validators=[listed(GENDERS)])
    date_of_birth = DateField("Date of birth", validators=[Optional()])
    current_password = PasswordField("Current password", validators=[LONG_PASSWORD])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gender.data = self.gender.data or ""

    def about(self) -> About:
        """What the person says of themselves."""
        return About(self.gender.data or None, self.date_of_birth.data)


class PictureForm(ShopForm):
    """Which part of a picture is shown: how far along the square lies, and how much smaller it is, in per cent."""

    x = FloatField("Left to right", validators=[InputRequired(), NumberRange(0, 100)])
    y = FloatField("Up and down", validators=[InputRequired(), NumberRange(0, 100)])
    zoom = FloatField("Zoom", validators=[InputRequired(), NumberRange(100, MOST_ZOOM)])

    def frame(self) -> Frame:
        """The square as the drawing takes it."""
        return Frame(self.x.data / 100, self.y.data / 100, self.zoom.data / 100)


class BookAddressForm(AddressForm):
    """An address of the address book: with a label, and whom the courier calls."""

    label = part("label", "Label", default="Home")
    address_type = SelectField(
        "For",
        choices=ADDRESS_TYPES,
        default=AddressType.BOTH,
        validate_choice=False,
        validators=[listed(ADDRESS_TYPES)],
    )
    phone = part("phone", "Phone", is_phone)
    is_default = BooleanField("Make this my default address")

    def values(self) -> dict[str, str]:
        """The address as plain text values."""
        own = ("label", "phone", "address_type")
        return super().values() | {name: getattr(self, name).data or "" for name in own}

    @property
    def is_lookup(self) -> bool:
        """Whether only the pincode is to be looked up, not the address saved."""
        return "lookup" in request.form
