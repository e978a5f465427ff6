"""What the sandbox bank's page asks for. Card number and CVV are checked, handed on and forgotten."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wtforms import StringField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from shop.lib.clock import now
from shop.lib.http.incoming import stripped
from shop.payments.upi import NO_UPI_ID, UPI_ID
from shop.storefront.forms import ShopForm

EXPIRY = re.compile(r"(0[1-9]|1[0-2])\s*/\s*(?:20)?([0-9]{2})")


def digits_of(value: Any) -> Any:
    """A filter: a card number without the blanks and dashes people type."""
    return re.sub(r"[\s-]", "", value) if isinstance(value, str) else value


def passes_luhn(number: str) -> bool:
    """Whether the check digit of a card number fits (ISO/IEC 7812)."""
    digits = [int(char) for char in reversed(number)]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


class CardForm(ShopForm):
    """A card as printed."""

    number = StringField("Card number", filters=[digits_of], validators=[
        DataRequired("Enter the card number."),
        Regexp(r"[0-9]{12,19}\Z", message="A card number has 12 to 19 digits.")])  # fmt: skip
    holder = StringField("Name on the card", filters=[stripped], validators=[
        DataRequired("Enter the name on the card."),
        Length(2, 80, "Use between 2 and 80 characters for the name.")])  # fmt: skip
    expiry = StringField("Expiry (MM/YY)", filters=[stripped], validators=[
        DataRequired("Enter month and year, like 08/29.")])  # fmt: skip
    cvv = StringField("CVV", filters=[stripped], validators=[
        DataRequired("Enter the 3 or 4 digits of the CVV."),
        Regexp(r"[0-9]{3,4}\Z", message="The CVV has 3 or 4 digits.")])  # fmt: skip

    @property
    def expires(self) -> str:
        """The month of expiry as MM/YYYY."""
        found = EXPIRY.fullmatch(self.expiry.data)
        return f"{found[1]}/20{found[2]}" if found else ""

    def validate_number(self, field: StringField) -> None:
        if not passes_luhn(field.data):
            raise ValidationError("That card number has a slip in it. Check the digits.")

    def validate_expiry(self, field: StringField) -> None:
        found = EXPIRY.fullmatch(field.data)
        if found is None:
            raise ValidationError("Write month and year, like 08/29.")
        year, month = 2000 + int(found[2]), int(found[1])
        today = now().date()
        if date(year, month, 1) < today.replace(day=1):
            raise ValidationError("This card has expired.")


class UpiForm(ShopForm):
    """A UPI id, like name@bank."""

    upi_id = StringField("UPI ID", filters=[stripped], validators=[
        DataRequired("Enter your UPI ID."), Length(max=80, message="A UPI ID has at most 80 characters."),
        Regexp(rf"{UPI_ID}\Z", message=NO_UPI_ID)])  # fmt: skip


class WalletForm(ShopForm):
    """The phone number a mobile wallet belongs to."""

    number = StringField("Wallet number", filters=[digits_of], validators=[
        DataRequired("Enter the number of your wallet."),
        Regexp(r"01[1-9][0-9]{8}\Z", message="A wallet number has 11 digits, like 01712 345678.")])  # fmt: skip


class CodeForm(ShopForm):
    """The code the bank sent."""

    code = StringField("Code", filters=[digits_of], validators=[
        DataRequired("Enter the 6-digit code."), Regexp(r"[0-9]{6}\Z", message="The code has 6 digits.")])  # fmt: skip
