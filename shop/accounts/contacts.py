"""How people are reached and what they sign in with: e-mail addresses and phone numbers, written one way."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from shop.store.countries import country_of
from shop.store.queries import store

LOGIN_FIELDS = ("identifier", "email", "phone", "username")

NO_EMAIL = "Enter an e-mail address like asha@example.com."
NO_NAME = "Enter an e-mail address or a phone number."


def email_address(value: str) -> str:
    """The address in lower case, or ValueError with what to say. Nobody's name server is asked."""
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(NO_EMAIL) from error


def phone_number(value: str, country: str) -> str:
    """The number as E.164 (+919845012345), or ValueError with what to say. Only numbers of the country are called."""
    phones = country_of(country).phones
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException as error:
        raise ValueError(phones.wrong) from error
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_valid_number_for_region(number, country) or not phones.fits(written):
        raise ValueError(phones.wrong)
    return written


def named_address(typed: str) -> str:
    """An e-mail or phone as accounts keep it, told apart by the @; ValueError with a sentence for what is neither."""
    try:
        return email_address(typed) if "@" in typed else phone_number(typed, store().country)
    except ValueError:
        raise ValueError(NO_EMAIL if "@" in typed else NO_NAME) from None


def dialled(country_code: str, number: str) -> str:
    """A number as it is dialled from anywhere, from a country code (+91, 91) and the rest."""
    code = country_code.strip().lstrip("+")
    return f"+{code}{number.strip()}" if code else number


def split_phone(phone: str | None) -> tuple[str | None, str | None]:
    """Country code and the rest of a number in E.164: +91 and 9845012345."""
    if not phone:
        return None, None
    number = phonenumbers.parse(phone)
    return f"+{number.country_code}", phonenumbers.national_significant_number(number)


def login_name(typed: str | None) -> str:
    """An e-mail or phone as accounts keep it; empty for what is neither, which nobody has."""
    text = (typed or "").strip()[:300]
    try:
        return email_address(text) if "@" in text else phone_number(text, store().country)
    except ValueError:
        return ""
